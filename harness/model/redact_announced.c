/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of a log after which the number of a unit, a secret, or the name of somebody stands. */
#include "harness/base/arena.h"
#include "harness/base/auto.h"
#include "harness/base/text.h"
#include "harness/model/redact_parts.h"

#include <ctype.h>
#include <string.h>

/* What follows the word, and what it must look like to be taken for that. */
enum announced {
	NUMBER = 0,	/* has a figure, or is capitals */
	NUMBER_AFTER,	/* words of many meanings: a sign stands between, or it can be nothing else */
	ANYTHING_AFTER,
	KEY_AFTER,	/* long, and no letter is small: "license: GPL-2.0" */
	ADDRESS,	/* twelve hex digits */
	NAME,
	NAME_AFTER,
	NAME_APART,	/* something stands between, a blank at least */
	CHINESE_AFTER,	/* and it begins with a Chinese sign: "地址：0x1000", "单位：MB" are none */
	NAME_IN_SESSION,	/* "session" must stand in the record too: "out of user memory" */
};

enum { SHORT_WORD = 5, NUMBER_SHORTEST = 4, CAPITALS_SHORTEST = 8, KEY_SHORTEST = 12, ADDRESS_DIGITS = 12 };

static const struct announcement {
	const char *word;
	enum announced what;
} row[] = {
	{ "serialnumber", NUMBER },	{ "serial number", NUMBER },
	{ "serial-number", NUMBER },	{ "serial_number", NUMBER },
	{ "serial no", NUMBER },	{ "serialno", NUMBER },
	{ "serial_no", NUMBER },	{ "serial-no", NUMBER },
	{ "serial num", NUMBER },	{ "serial#", NUMBER },
	{ "ser. no", NUMBER },		{ "ser no", NUMBER },
	{ "ser#", NUMBER },		{ "s.n", NUMBER },
	{ "serial", NUMBER_AFTER },	{ "s/n", NUMBER },
	{ "sn", NUMBER },		{ "service tag", NUMBER },
	{ "asset tag", NUMBER },	{ "asset_tag", NUMBER },
	{ "assettag", NUMBER },		{ "asset no", NUMBER },
	{ "asset number", NUMBER },	{ "asset id", NUMBER },
	{ "asset", NUMBER_AFTER },	{ "uuid", NUMBER },
	{ "guid", NUMBER },		{ "wwn", NUMBER },
	{ "wwn-", NUMBER },
	{ "wwid", NUMBER },		{ "wwpn", NUMBER },
	{ "wwnn", NUMBER },		{ "sas_addr", NUMBER },
	{ "sas address", NUMBER },	{ "machine id", NUMBER },
	{ "machine-id", NUMBER },	{ "hardware id", NUMBER },
	{ "hwid", NUMBER },		{ "chip id", NUMBER_AFTER },
	{ "unique id", NUMBER },	{ "imei", NUMBER },
	{ "imsi", NUMBER },		{ "iccid", NUMBER },
	{ "license key", NUMBER },	{ "licence key", NUMBER },
	{ "license code", NUMBER },	{ "licence code", NUMBER },
	{ "license no", NUMBER },	{ "licence no", NUMBER },
	{ "license number", NUMBER },	{ "licence number", NUMBER },
	{ "activation code", NUMBER },	{ "activation key", NUMBER },
	{ "product key", NUMBER },	{ "product_key", NUMBER },
	{ "key", NUMBER_AFTER },	{ "tel", NUMBER_AFTER },
	{ "phone", NUMBER_AFTER },	{ "mobile", NUMBER_AFTER },
	{ "psk", ANYTHING_AFTER },	{ "password", ANYTHING_AFTER },
	{ "passwd", ANYTHING_AFTER },	{ "passphrase", ANYTHING_AFTER },
	{ "mac", ADDRESS },		{ "macaddr", ADDRESS },
	{ "address", ADDRESS },		{ "addr", ADDRESS },
	{ "hwaddr", ADDRESS },		{ "ether", ADDRESS },
	{ "lladdr", ADDRESS },		{ "bssid", ADDRESS },
	{ "set hostname to", NAME },	{ "nfs: server", NAME },
	{ "owner", NAME_AFTER },	{ "login", NAME_AFTER },
	{ "licence", KEY_AFTER },	{ "license", KEY_AFTER },
	{ "hostname set to", NAME },	{ "hostname is", NAME },
	{ "hostname", NAME_AFTER },	{ "host name", NAME_AFTER },
	{ "ssid", NAME_AFTER },		{ "ssid ", NAME },
	{ "essid", NAME_AFTER },	{ "\"host\"", NAME_AFTER },
	{ "\"user\"", NAME_AFTER },	{ "\"account\"", NAME_AFTER },
	{ "'host'", NAME_AFTER },	{ "'user'", NAME_AFTER },
	{ "eui64", NUMBER },		{ "eui", NUMBER_AFTER },
	{ "eui-", NUMBER },		{ "nguid", NUMBER },
	{ "naa-", NUMBER },		{ "sas_address", NUMBER },
	{ "logical id", NUMBER },	{ "subnqn", NUMBER },
	{ "hostname ", NUMBER },
	{ "serial string", NUMBER },	{ "serial text", NUMBER },
	{ "device serial", NUMBER },	{ "product serial", NUMBER },
	{ "monitor serial", NUMBER },	{ "display serial", NUMBER },
	{ "edid serial", NUMBER },	{ "battery serial", NUMBER },
	{ "username", NAME_AFTER },	{ "user name", NAME_AFTER },
	{ "for user", NAME_IN_SESSION }, { "of user", NAME_IN_SESSION },
	{ "序列号", NUMBER },		{ "序号", NUMBER_AFTER },
	{ "资产编号", NUMBER },		{ "资产标签", NUMBER },
	{ "资产号", NUMBER },		{ "固定资产", NUMBER_AFTER },
	{ "出厂编号", NUMBER },		{ "设备编号", NUMBER },
	{ "机身号", NUMBER },		{ "机器码", NUMBER },
	{ "机器编号", NUMBER },		{ "产品编号", NUMBER },
	{ "编号", NUMBER_AFTER },	{ "条码", NUMBER },
	{ "整机编码", NUMBER },		{ "设备编码", NUMBER },
	{ "产品编码", NUMBER },		{ "机器编码", NUMBER },
	{ "资产编码", NUMBER },		{ "资产标签号", NUMBER },
	{ "序列码", NUMBER },		{ "sn码", NUMBER },
	{ "s/n码", NUMBER },		{ "主机名称", NAME_AFTER },
	{ "客户", NAME_AFTER },		{ "客户名称", NAME_AFTER },
	{ "激活码", NUMBER },		{ "注册码", NUMBER },
	{ "授权码", NUMBER },		{ "授权号", NUMBER },
	{ "许可证号", NUMBER },		{ "产品密钥", NUMBER },
	{ "身份证", NUMBER },		{ "身份证号", NUMBER },
	{ "电话", NUMBER },		{ "手机", NUMBER },
	{ "手机号", NUMBER },		{ "密码", ANYTHING_AFTER },
	{ "口令", ANYTHING_AFTER },	{ "密钥", ANYTHING_AFTER },
	{ "地址", ADDRESS },		{ "主机名", NAME_AFTER },
	{ "计算机名", NAME_AFTER },	{ "用户名", NAME_AFTER },
	{ "用户", NAME_AFTER },		{ "姓名", NAME },
	{ "使用人", NAME_AFTER },	{ "责任人", NAME_AFTER },
	{ "保管人", NAME_AFTER },	{ "联系人", NAME_AFTER },
	{ "使用单位", NAME_AFTER },	{ "单位名称", NAME_AFTER },
	{ "操作员", NAME_AFTER },
	{ "操作工", NAME_AFTER },	{ "操作者", NAME_AFTER },
	{ "操作人", NAME_AFTER },	{ "检验员", NAME_AFTER },
	{ "检验人", NAME_AFTER },	{ "质检员", NAME_AFTER },
	{ "测试员", NAME_AFTER },	{ "测试人", NAME_AFTER },
	{ "装配工", NAME_AFTER },	{ "维修人", NAME_AFTER },
	{ "负责人", NAME_AFTER },	{ "经手人", NAME_AFTER },
	{ "领用人", NAME_AFTER },	{ "管理员", NAME_AFTER },
	{ "申请人", NAME_AFTER },	{ "收货人", NAME_AFTER },
	{ "班组", NAME_AFTER },		{ "部门", NAME_AFTER },
	{ "公司", CHINESE_AFTER },	{ "公司名称", NAME_AFTER },
	{ "单位", CHINESE_AFTER },	{ "地址", CHINESE_AFTER },
	{ "工号", NUMBER },		{ "员工号", NUMBER },
	{ "员工卡号", NUMBER },		{ "警号", NUMBER },
	{ "微信", NAME_AFTER },		{ "微信号", NAME_APART },
	{ "wechat", NAME_AFTER },	{ "weixin", NAME_AFTER },
	{ "wechat id", NAME_APART },	{ "钉钉", NAME_AFTER },
	{ "钉钉号", NAME_APART },	{ "邮箱", NAME_AFTER },
	{ "邮件", NAME_AFTER },		{ "qq", NUMBER },
	{ "qq号", NUMBER },		{ "身份证号码", NUMBER },
	{ "手机号码", NUMBER },		{ "电话号码", NUMBER },
	{ "联系方式", NUMBER },		{ "id card", NUMBER },
	{ "工单", NUMBER },		{ "工单号", NUMBER },
	{ "订单号", NUMBER },		{ "合同号", NUMBER },
	{ "批号", NUMBER_AFTER },	{ "车牌", NUMBER },
	{ "车牌号", NUMBER },		{ "employee id", NUMBER },
	{ "employee no", NUMBER },	{ "work order", NUMBER },
	{ "operator", NAME_AFTER },	{ "inspector", NAME_AFTER },
	{ "customer", NAME_AFTER },	{ "email", NAME_AFTER },
	{ "e-mail", NAME_AFTER },	{ "微信", NUMBER },
	{ "联系人", NAME_APART },	{ "使用人", NAME_APART },
	{ "责任人", NAME_APART },	{ "保管人", NAME_APART },
	{ "主机", CHINESE_AFTER },	{ "打印机", NAME_AFTER },
	{ "卷标", NAME_AFTER },		{ "无线网络", NAME_AFTER },
	{ "热点", NAME_AFTER },		{ "容器", NAME_AFTER },
};

/* Signs around a value; in UTF-8 and in GBK. */
enum { BEFORE = 1 << 0, EXPLICIT = 1 << 1, END = 1 << 2 };

static const struct sign {
	const char *text;
	unsigned int what;
} sign[] = {
	{ " is ", BEFORE | EXPLICIT },	{ ":", BEFORE | EXPLICIT },
	{ "=>", BEFORE | EXPLICIT },	{ "->", BEFORE | EXPLICIT },
	{ "|", BEFORE | EXPLICIT | END },
	{ "=", BEFORE | EXPLICIT },	{ "#", BEFORE | EXPLICIT },
	{ ".", BEFORE },		{ "[", BEFORE },
	{ "<", BEFORE | END },		{ "'", BEFORE | END },
	{ "\"", BEFORE | END },		{ "(", BEFORE | END },
	{ " ", BEFORE | END },		{ "\t", BEFORE | END },
	{ "\n", END },			{ ",", END },
	{ ";", END },			{ ">", BEFORE | EXPLICIT | END },
	{ ")", END },			{ "]", END },
	{ "：", BEFORE | EXPLICIT },	{ "\xa3\xba", BEFORE | EXPLICIT },
	{ "＝", BEFORE | EXPLICIT },	{ "\xa3\xbd", BEFORE | EXPLICIT },
	{ "为", BEFORE | EXPLICIT },	{ "\xce\xaa", BEFORE | EXPLICIT },
	{ "是", BEFORE | EXPLICIT },	{ "\xca\xc7", BEFORE | EXPLICIT },
	{ "“", BEFORE | END },		{ "\xa1\xb0", BEFORE | END },
	{ "（", BEFORE | END },		{ "\xa3\xa8", BEFORE | END },
	{ "　", BEFORE | END },		{ "\xa1\xa1", BEFORE | END },
	{ "）", END }, { "\xa3\xa9", END }, { "，", END }, { "\xa3\xac", END },
	{ "；", END }, { "\xa3\xbb", END }, { "。", END }, { "\xa1\xa3", END },
	{ "【", BEFORE | END }, { "\xa1\xbe", BEFORE | END }, { "】", END }, { "\xa1\xbf", END },
	{ "《", BEFORE | END }, { "\xa1\xb6", BEFORE | END }, { "》", END }, { "\xa1\xb7", END },
	{ "、", END }, { "\xa1\xa2", END }, { "”", END }, { "\xa1\xb1", END },
};

static const struct sign *sign_at(const char *text, size_t size)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(sign); i++) {
		if (redact_starts(text, size, sign[i].text))
			return &sign[i];
	}
	return NULL;
}

/* Of one character: of UTF-8, or of GBK where it is no UTF-8. */
static size_t character(const char *text, size_t size)
{
	uint32_t code;
	size_t length = text_character(text, size, &code);

	if (length)
		return length;
	return size > 1 && (unsigned char)text[0] > 0x80 ? 2 : 1;
}

size_t redact_behind_signs(const struct redact_text *text, size_t start, size_t end)
{
	size_t at = start;

	while (at < end) {
		const struct sign *found = sign_at(text->data + at, end - at);
		bool is_sign = found && (unsigned char)found->text[0] >= 0x80;

		at += is_sign ? strlen(found->text) : character(text->data + at, end - at);
		if (is_sign)
			start = at;
	}
	return start < end ? start : end;
}

struct value {
	size_t start, size;
	bool is_explicit;	/* a ':' or its like stands before it */
	char quote;		/* stands right before it */
	bool is_apart;		/* anything does: "serial numbers" announces nothing */
};

static struct value value_behind(const struct redact_text *text, size_t at)
{
	struct value value = { .start = at };
	const struct sign *found;
	size_t end;

	while ((found = sign_at(text->data + value.start, text->size - value.start)) &&
	       found->what & BEFORE) {
		value.is_explicit |= (found->what & EXPLICIT) != 0;
		value.start += strlen(found->text);
	}
	/* Between quotes of a name all of it: "ssid=\"Zhang 5G\"". */
	value.quote = value.start > at && strchr("\"'", text->data[value.start - 1]) ?
		      text->data[value.start - 1] : 0;
	value.is_apart = value.start > at || strchr(" :-", text->data[at - 1]);
	for (end = value.start; end < text->size;) {
		found = sign_at(text->data + end, text->size - end);
		if (found && found->what & END)
			break;
		end += character(text->data + end, text->size - end);
	}
	end = end < text->size ? end : text->size;
	while (end > value.start && strchr(".:", text->data[end - 1]))
		end--;
	value.size = end - value.start;
	return value;
}

/* Names of the kernel's: "Serial: 8250/16550 driver", "Serial: AMBA", "serial=ttyS0". */
static bool is_of_kernel(const char *text, size_t size)
{
	return redact_starts(text, size, "8250/") || redact_starts(text, size, "tty") ||
	       (redact_starts(text, size, "amba") && size == strlen("amba"));
}

static void number(const struct redact_text *text, const struct value *value)
{
	const char *at = text->data + value->start;
	size_t digits = 0, lower = 0;
	size_t i;

	for (i = 0; i < value->size; i++) {
		digits += isdigit((unsigned char)at[i]) != 0;
		lower += islower((unsigned char)at[i]) != 0;
	}
	if (value->size < NUMBER_SHORTEST || is_of_kernel(at, value->size))
		return;
	if (digits)
		redact_text_span(text, value->start, value->size, REDACT_EVERYWHERE);
	else if (!lower && (value->is_explicit || value->size >= CAPITALS_SHORTEST))
		redact_text_span(text, value->start, value->size, REDACT_LOG);
	else if (value->is_explicit && lower == value->size && lower >= CAPITALS_SHORTEST)
		redact_text_span(text, value->start, value->size, REDACT_HERE);
}

void redact_text_number(const struct redact_text *text, size_t start, size_t size)
{
	number(text, &(struct value){ .start = start, .size = size, .is_explicit = true });
}

static void key(const struct redact_text *text, const struct value *value)
{
	size_t i;

	for (i = 0; i < value->size; i++) {
		if (islower((unsigned char)text->data[value->start + i]))
			return;
	}
	if (value->size >= KEY_SHORTEST)
		number(text, value);
}

/* "0x00, 0x1b, 0x21, 0xc4, 0x5d, 0x7e" at `at`: how long it is, or 0. */
static size_t prefixed_address(const char *at, size_t size)
{
	enum { BYTES = 6 };
	size_t used = 0, bytes;

	for (bytes = 0; redact_starts(at + used, size - used, "0x") && size - used >= 4; bytes++) {
		if (!isxdigit((unsigned char)at[used + 2]) || !isxdigit((unsigned char)at[used + 3]))
			return 0;
		used += 4;
		if (bytes + 1 == BYTES)
			return used;
		while (used < size && strchr(", :", at[used]))
			used++;
	}
	return 0;
}

/* "001b21c45d7e", "00 1b 21 c4 5d 7e", "001B-21C4-5D7E" at `at`: groups of two digits, four, or all. */
static size_t grouped_address(const char *at, size_t size)
{
	size_t used = 0, digits = 0, group, first = 0;

	for (;;) {
		for (group = 0; used < size && isxdigit((unsigned char)at[used]); group++)
			used++;
		digits += group;
		first = first ? first : group;
		if (!group || group % 2 || group != first || digits > ADDRESS_DIGITS)
			return 0;
		if (digits == ADDRESS_DIGITS)
			return used;
		if (used == size || !strchr(" .:-_,", at[used]))
			return 0;
		used++;
	}
}

/* With the substitute that it has with colons, where it is one of the forms that are learned with it. */
static void address(const struct redact_text *text, size_t start)
{
	const char *at = text->data + start;
	size_t from = redact_text_place(text, start), size, i;

	size = prefixed_address(at, text->size - start);
	for (i = size / 2; i < size; i++) {	/* the half that is no maker's */
		if (tolower((unsigned char)at[i]) == 'x')
			redact_span(text->target, from + i + 1, 2, REDACT_HERE);
	}
	if (size)
		return;
	start += redact_starts(at, text->size - start, "0x") ? 2 : 0;
	size = grouped_address(text->data + start, text->size - start);
	if (size)
		redact_mac_span(text->target, redact_text_place(text, start), size);
}

/* Words of many meanings announce something only with a ':' or its like behind them. */
static bool needs_sign(enum announced what)
{
	return what == NUMBER_AFTER || what == KEY_AFTER || what == ANYTHING_AFTER || what == NAME_AFTER ||
	       what == CHINESE_AFTER;
}

/* "WD-WCC6Y7777777" and "0x44a191253c0b" are numbers wherever they stand; "8250", "00:05" and "2900000.serial" are not. */
static bool is_number_of_unit(const char *text, size_t size)
{
	size_t digits = 0, upper = 0;
	size_t i;

	if (size > 2 + CAPITALS_SHORTEST && redact_starts(text, size, "0x"))
		return redact_hex_digits(text + 2, size - 2, NULL, 0) == size - 2;
	for (i = 0; i < size; i++) {
		digits += isdigit((unsigned char)text[i]) != 0;
		upper += isupper((unsigned char)text[i]) != 0;
		if (!isalnum((unsigned char)text[i]) && text[i] != '-')
			return false;
	}
	return digits >= NUMBER_SHORTEST && upper && size >= CAPITALS_SHORTEST && digits + upper + 2 >= size;
}

/* "BAT0 serial 07713": where nothing else is told by a bare number. */
static bool is_number_of_device(const struct redact_text *text, const struct value *value)
{
	static const char *const device[] = { "batter", "bat0", "bat1", "edid", "monitor", "display" };
	size_t digits = 0;
	size_t i;

	for (i = 0; i < value->size; i++) {
		digits += isdigit((unsigned char)text->data[value->start + i]) != 0;
		if (!isalnum((unsigned char)text->data[value->start + i]))
			return false;
	}
	for (i = 0; i < ARRAY_SIZE(device) && digits >= NUMBER_SHORTEST; i++) {
		if (redact_find(text->data, text->size, device[i]) < text->size)
			return true;
	}
	return false;
}

/* The name of somebody or something; between quotes all of it. */
static void name(const struct redact_text *text, const struct value *value)
{
	const char *at = text->data + value->start;
	const char *end = value->quote ? memchr(at, value->quote, text->size - value->start) : NULL;

	redact_text_name(text, value->start, end ? (size_t)(end - at) : value->size);
}

static void announced(const struct redact_text *text, enum announced what,
		      const struct value *value)
{
	bool is_chinese = (unsigned char)text->data[value->start - 1] >= 0x80;

	if (!value->size || !(value->is_apart || is_chinese) ||
	    (needs_sign(what) && !value->is_explicit &&
	     !(what == NUMBER_AFTER && (is_number_of_unit(text->data + value->start, value->size) ||
					is_number_of_device(text, value)))))
		return;
	switch (what) {
	case NUMBER:
	case NUMBER_AFTER:
		number(text, value);
		break;
	case KEY_AFTER:
		key(text, value);
		break;
	case ANYTHING_AFTER:
		redact_text_span(text, value->start, value->size, REDACT_LOG);
		break;
	case ADDRESS:
		address(text, value->start);
		break;
	case NAME:
	case NAME_AFTER:
		name(text, value);
		break;
	case NAME_APART:
		if (value->is_apart)
			name(text, value);
		break;
	case CHINESE_AFTER:
		if ((unsigned char)text->data[value->start] >= 0x80)
			name(text, value);
		break;
	case NAME_IN_SESSION:
		if (redact_find(text->data, text->size, "session") < text->size)
			name(text, value);
		break;
	}
}

/* A short word is not part of a longer one: "sn" not of "dsn", "mac" not of "machine". */
static bool stands_alone(const struct redact_text *text, size_t at, size_t size)
{
	const char *end = text->data + at + size;

	if (size > SHORT_WORD)
		return true;
	if (at && isalnum((unsigned char)text->data[at - 1]))
		return false;
	return at + size == text->size || !isalnum((unsigned char)end[-1]) ||
	       !isalnum((unsigned char)*end);
}

static void each_place(const struct redact_text *text, const char *word, enum announced what)
{
	size_t size = strlen(word);
	size_t at = 0;

	while ((at += redact_find(text->data + at, text->size - at, word)) < text->size) {
		if (stands_alone(text, at, size)) {
			struct value value = value_behind(text, at + size);

			announced(text, what, &value);
		}
		at += size;
	}
}

void redact_announced(const struct redact_text *text)
{
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	bool is_ascii = true;
	size_t i;

	for (i = 0; i < text->size; i++)
		is_ascii = is_ascii && (unsigned char)text->data[i] < 0x80;
	for (i = 0; i < ARRAY_SIZE(row); i++) {
		const char *gbk;

		each_place(text, row[i].word, row[i].what);
		if (!is_ascii && (unsigned char)row[i].word[strlen(row[i].word) - 1] >= 0x80) {
			gbk = text_encode_gbk(&arena, row[i].word);
			if (gbk)
				each_place(text, gbk, row[i].what);
		}
	}
}
