/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "harness/issue/certify.h"
#include "harness/issue/judged.h"
#include "harness/issue/verify.h"
#include "tests/unit/model_fixture.h"
#include "tests/unit/record_fixture.h"

#include <stdio.h>
#include <string.h>

#define ISSUED 1795400100

/* A record, its judgement, the key, its trust and the certificate: what most tests start from. */
struct scene {
	struct record record;
	struct buf bytes;
	struct judged judged;
	struct key *key;
	struct trust trust;
	struct buf certificate;
};

static struct key *public_half(const struct key *key)
{
	struct buf der = BUF_INIT;
	struct key *half;

	key_write_der(key, &der);
	half = key_read_der(der.data, der.size, "half", NULL);
	ck_assert_ptr_nonnull(half);
	buf_release(&der);
	return half;
}

static void scene_judge(struct scene *scene)
{
	struct err err = ERR_INIT;

	fixture_record_write(&scene->record, &scene->bytes);
	ck_assert_msg(judged_read(scene->bytes.data, scene->bytes.size, "record.json",
				  &fixture_kernels, &scene->judged, &err) == 0,
		      "%s", err.text);
}

static void scene_open(struct scene *scene, enum stage stage)
{
	enum key_use use = stage == STAGE_BENCH ? KEY_USE_BENCH : KEY_USE_PRODUCT;
	struct trust_key entry = { .name = "test line" };
	struct err err = ERR_INIT;

	*scene = (struct scene){ .record = RECORD_INIT, .bytes = BUF_INIT, .judged = JUDGED_INIT,
				 .trust = TRUST_INIT, .certificate = BUF_INIT };
	fixture_record(stage, &scene->record);
	scene_judge(scene);
	scene->key = key_make(KEY_SM2, use, NULL);
	ck_assert_ptr_nonnull(scene->key);
	entry.key = public_half(scene->key);
	entry.stage[stage] = true;
	ck_assert_int_eq(trust_add(&scene->trust, &entry, NULL), 0);
	ck_assert_msg(scene->judged.verdict.kind == VERDICT_PASS, "%s: %s",
		      scene->judged.verdict.reason->code, scene->judged.verdict.reason->detail);
	ck_assert_msg(certify_judged(&scene->judged, scene->key, ISSUED, &scene->certificate,
				     &err) == 0, "%s", err.text);
}

static void scene_close(struct scene *scene)
{
	record_release(&scene->record);
	buf_release(&scene->bytes);
	judged_release(&scene->judged);
	key_free(scene->key);
	trust_release(&scene->trust);
	buf_release(&scene->certificate);
}

static enum verification_result verify(const struct scene *scene, const struct trust *trust)
{
	AUTO(verification_release) struct verification v = VERIFICATION_INIT;

	verify_file(&v, scene->certificate.data, scene->certificate.size, "c");
	verify_signer(&v, trust);
	return verify_result(&v);
}

START_TEST(a_certificate_verifies_with_the_trust_file_of_its_signer)
{
	struct scene scene;

	scene_open(&scene, STAGE_BATCH);
	ck_assert_int_eq(verify(&scene, &scene.trust), VERIFICATION_VALID);
	scene_close(&scene);
}
END_TEST

START_TEST(no_key_is_trusted_by_default)
{
	struct trust empty = TRUST_INIT;
	struct scene scene;

	scene_open(&scene, STAGE_BATCH);
	ck_assert_int_eq(verify(&scene, NULL), VERIFICATION_UNKNOWN);
	ck_assert_int_eq(verify(&scene, &empty), VERIFICATION_UNKNOWN);
	scene_close(&scene);
}
END_TEST

/* Bits first .. first + 3 of every byte: all of them take their time under a sanitizer. */
static void flip_bits(unsigned int first)
{
	struct scene scene;
	unsigned int bit;
	size_t i;

	scene_open(&scene, STAGE_BENCH);
	ck_assert_int_eq(verify(&scene, &scene.trust), VERIFICATION_VALID);
	for (i = 0; i < scene.certificate.size; i++) {
		const char before = scene.certificate.data[i];

		for (bit = first; bit < first + 4; bit++) {
			scene.certificate.data[i] = (char)(before ^ (1 << bit));
			ck_assert_msg(verify(&scene, &scene.trust) != VERIFICATION_VALID,
				      "byte %zu, bit %u", i, bit);
		}
		scene.certificate.data[i] = before;
	}
	scene_close(&scene);
}

START_TEST(no_flipped_low_bit_of_a_certificate_is_valid)
{
	flip_bits(0);
}
END_TEST

START_TEST(no_flipped_high_bit_of_a_certificate_is_valid)
{
	flip_bits(4);
}
END_TEST

START_TEST(no_shortened_certificate_is_valid)
{
	struct scene scene;

	scene_open(&scene, STAGE_BENCH);
	while (scene.certificate.size) {
		buf_cut(&scene.certificate, scene.certificate.size - 1);
		ck_assert_int_eq(verify(&scene, &scene.trust), VERIFICATION_INVALID);
	}
	scene_close(&scene);
}
END_TEST

static enum check_state check_record(const struct scene *scene, const char *data, size_t size)
{
	AUTO(verification_release) struct verification v = VERIFICATION_INIT;
	AUTO(judged_release) struct judged judged = JUDGED_INIT;
	struct err err = ERR_INIT;

	judged_read(data, size, "record.json", &fixture_kernels, &judged, &err);
	verify_file(&v, scene->certificate.data, scene->certificate.size, "c");
	verify_signer(&v, &scene->trust);
	verify_record(&v, &judged, &err);
	return v.check[CHECK_RECORD].state;
}

START_TEST(no_flipped_bit_of_the_record_is_accepted)
{
	struct scene scene;
	size_t bit;

	scene_open(&scene, STAGE_BENCH);
	ck_assert_int_eq(check_record(&scene, scene.bytes.data, scene.bytes.size), CHECK_GOOD);
	/* A prime stride meets every place of a byte. */
	for (bit = 0; bit < 8 * scene.bytes.size; bit += 61) {
		scene.bytes.data[bit / 8] = (char)(scene.bytes.data[bit / 8] ^ (1 << bit % 8));
		ck_assert_msg(check_record(&scene, scene.bytes.data, scene.bytes.size) == CHECK_BAD,
			      "bit %zu", bit);
		scene.bytes.data[bit / 8] = (char)(scene.bytes.data[bit / 8] ^ (1 << bit % 8));
	}
	scene_close(&scene);
}
END_TEST

/* Certificates signed by a trusted key whose statement is not what the record says. */
START_TEST(a_statement_that_does_not_follow_from_the_record_is_found)
{
	struct scene scene;
	int i;

	scene_open(&scene, STAGE_BENCH);
	for (i = 0; i < 5; i++) {
		AUTO(certificate_release) struct certificate lie = CERTIFICATE_INIT;
		AUTO(buf_release) struct buf payload = BUF_INIT;
		struct certificate_source source = {
			.record = &scene.record, .verdict = &scene.judged.verdict,
			.record_bytes = scene.bytes.size, .issued_s = ISSUED,
			.key_id = key_id(scene.key),
		};

		ck_assert_int_eq(certificate_make(&source, &lie, NULL), 0);
		if (i == 1)
			lie.serial = "another";
		if (i == 2)
			lie.peak[0].milli_c -= 1000;
		if (i == 3)
			lie.item[1].work++;
		if (i == 4)
			lie.identity.part_count--;
		ck_assert_int_eq(certificate_write(&lie, &payload, NULL), 0);
		buf_reset(&scene.certificate);
		ck_assert_int_eq(envelope_seal(CERTIFICATE_TYPE, payload.data, payload.size,
					       scene.key, &scene.certificate, NULL),
				 0);
		ck_assert_int_eq(verify(&scene, &scene.trust), VERIFICATION_VALID);
		ck_assert_int_eq(check_record(&scene, scene.bytes.data, scene.bytes.size),
				 i ? CHECK_BAD : CHECK_GOOD);
	}
	scene_close(&scene);
}
END_TEST

START_TEST(what_did_not_pass_is_not_certified)
{
	struct buf out = BUF_INIT;
	struct scene scene;

	scene_open(&scene, STAGE_BENCH);
	judged_release(&scene.judged);
	scene.judged = (struct judged)JUDGED_INIT;
	buf_reset(&scene.bytes);
	scene.record.outcome->kind = OUTCOME_INTERRUPTED;
	scene_judge(&scene);
	ck_assert_int_eq(scene.judged.verdict.kind, VERDICT_INCOMPLETE);
	ck_assert_int_eq(certify_judged(&scene.judged, scene.key, ISSUED, &out, NULL),
			 ERR_UNSUPPORTED);
	ck_assert_uint_eq(out.size, 0);
	scene_close(&scene);
}
END_TEST

static int certificate_read_sealed(const struct scene *scene, struct certificate *certificate)
{
	struct envelope envelope = ENVELOPE_INIT;
	int code = envelope_read(scene->certificate.data, scene->certificate.size, "c", &envelope,
				 NULL);

	if (!code)
		code = certificate_read(envelope.payload.data, envelope.payload.size, "c",
					certificate, NULL);
	envelope_release(&envelope);
	return code;
}

START_TEST(what_a_program_ran_that_may_plant_faults_is_not_certified_and_no_certificate_of_it_valid)
{
	AUTO(certificate_release) struct certificate certificate = CERTIFICATE_INIT;
	struct buf payload = BUF_INIT;
	struct err err = ERR_INIT;
	struct scene scene;
	const struct certificate_source source = { .record = &scene.judged.record,
						   .verdict = &scene.judged.verdict,
						   .issued_s = ISSUED };

	scene_open(&scene, STAGE_BATCH);
	ck_assert_int_eq(certificate_read_sealed(&scene, &certificate), 0);
	certificate.harness_version = "0.1.0 INJECTED";
	ck_assert_int_eq(certificate_write(&certificate, &payload, NULL), 0);
	buf_reset(&scene.certificate);
	ck_assert_int_eq(envelope_seal(CERTIFICATE_TYPE, payload.data, payload.size, scene.key,
				       &scene.certificate, NULL), 0);
	ck_assert_int_eq(verify(&scene, &scene.trust), VERIFICATION_INVALID);
	/* also when the verdict would not stand in the way */
	scene.judged.record.harness_version = "0.1.0 INJECTED memory-flip";
	certificate_release(&certificate);
	ck_assert_int_eq(certificate_make(&source, &certificate, &err), ERR_UNSUPPORTED);
	ck_assert_msg(strstr(err.text, "may plant faults") != NULL, "%s", err.text);
	buf_release(&payload);
	scene_close(&scene);
}
END_TEST

START_TEST(a_bench_key_signs_no_other_stage_and_nobody_else_signs_bench)
{
	struct key *bench = key_make(KEY_ED25519, KEY_USE_BENCH, NULL);
	struct key *product = key_make(KEY_ED25519, KEY_USE_PRODUCT, NULL);
	struct buf out = BUF_INIT;
	struct scene scene;

	scene_open(&scene, STAGE_BATCH);
	ck_assert_int_eq(certify_judged(&scene.judged, bench, ISSUED, &out, NULL), ERR_UNSUPPORTED);
	scene_close(&scene);
	scene_open(&scene, STAGE_BENCH);
	ck_assert_int_eq(certify_judged(&scene.judged, product, ISSUED, &out, NULL),
			 ERR_UNSUPPORTED);
	scene_close(&scene);
	key_free(bench);
	key_free(product);
}
END_TEST

/* Whoever holds a bench key may write what he likes; the key gives him away. */
START_TEST(a_bench_key_is_refused_for_another_stage_whatever_the_trust_file_says)
{
	AUTO(certificate_release) struct certificate lie = CERTIFICATE_INIT;
	AUTO(buf_release) struct buf payload = BUF_INIT;
	struct scene scene;
	struct certificate_source source;

	scene_open(&scene, STAGE_BENCH);
	source = (struct certificate_source){
		.record = &scene.record, .verdict = &scene.judged.verdict,
		.record_bytes = scene.bytes.size, .issued_s = ISSUED, .key_id = key_id(scene.key),
	};
	ck_assert_int_eq(certificate_make(&source, &lie, NULL), 0);
	lie.stage = STAGE_MASS;
	ck_assert_int_eq(certificate_write(&lie, &payload, NULL), 0);
	buf_reset(&scene.certificate);
	ck_assert_int_eq(envelope_seal(CERTIFICATE_TYPE, payload.data, payload.size, scene.key,
				       &scene.certificate, NULL), 0);
	scene.trust.key[0].stage[STAGE_MASS] = true;
	ck_assert_int_eq(verify(&scene, &scene.trust), VERIFICATION_INVALID);
	ck_assert_int_eq(verify(&scene, NULL), VERIFICATION_INVALID);
	scene_close(&scene);
}
END_TEST

START_TEST(a_certificate_of_another_stage_than_asked_is_invalid)
{
	AUTO(verification_release) struct verification v = VERIFICATION_INIT;
	struct scene scene;

	scene_open(&scene, STAGE_BENCH);
	verify_file(&v, scene.certificate.data, scene.certificate.size, "c");
	verify_signer(&v, &scene.trust);
	verify_stage(&v, STAGE_BENCH);
	ck_assert_int_eq(verify_result(&v), VERIFICATION_VALID);
	verify_stage(&v, STAGE_BATCH);
	ck_assert_int_eq(verify_result(&v), VERIFICATION_INVALID);
	scene_close(&scene);
}
END_TEST

static enum verification_result verify_payload(const struct scene *scene, const char *type,
					       const char *payload, size_t size)
{
	AUTO(verification_release) struct verification v = VERIFICATION_INIT;
	AUTO(buf_release) struct buf out = BUF_INIT;

	ck_assert_int_eq(envelope_seal(type, payload, size, scene->key, &out, NULL), 0);
	verify_file(&v, out.data, out.size, "c");
	verify_signer(&v, &scene->trust);
	return verify_result(&v);
}

START_TEST(a_certificate_of_a_later_format_cannot_be_told)
{
	struct envelope envelope = ENVELOPE_INIT;
	struct scene scene;
	char *v;

	scene_open(&scene, STAGE_BENCH);
	ck_assert_int_eq(
		envelope_read(scene.certificate.data, scene.certificate.size, "c", &envelope, NULL),
		0);
	ck_assert_int_eq(verify_payload(&scene, CERTIFICATE_TYPE, envelope.payload.data,
					envelope.payload.size), VERIFICATION_VALID);
	ck_assert_int_eq(verify_payload(&scene, CERTIFICATE_TYPE_STEM "2+json",
					envelope.payload.data, envelope.payload.size),
			 VERIFICATION_UNKNOWN);
	ck_assert_int_eq(verify_payload(&scene, "text/plain", envelope.payload.data,
					envelope.payload.size), VERIFICATION_INVALID);
	v = strstr(envelope.payload.data, "\"v\":1");
	ck_assert_ptr_nonnull(v);
	v[4] = '2';
	ck_assert_int_eq(verify_payload(&scene, CERTIFICATE_TYPE, envelope.payload.data,
					envelope.payload.size), VERIFICATION_UNKNOWN);
	envelope_release(&envelope);
	scene_close(&scene);
}
END_TEST

START_TEST(a_member_that_no_certificate_has_is_refused)
{
	AUTO(buf_release) struct buf payload = BUF_INIT;
	struct envelope envelope = ENVELOPE_INIT;
	struct scene scene;

	scene_open(&scene, STAGE_BENCH);
	ck_assert_int_eq(
		envelope_read(scene.certificate.data, scene.certificate.size, "c", &envelope, NULL),
		0);
	buf_adds(&payload, "{\"also\":\"signed by the board\",");
	buf_adds(&payload, envelope.payload.data + 1);
	ck_assert_int_eq(verify_payload(&scene, CERTIFICATE_TYPE, payload.data, payload.size),
			 VERIFICATION_INVALID);
	envelope_release(&envelope);
	scene_close(&scene);
}
END_TEST

START_TEST(serials_are_marked_and_not_published)
{
	struct envelope envelope = ENVELOPE_INIT;
	struct scene scene;

	scene_open(&scene, STAGE_BENCH);
	ck_assert_int_eq(
		envelope_read(scene.certificate.data, scene.certificate.size, "c", &envelope, NULL),
		0);
	ck_assert_ptr_null(strstr(envelope.payload.data, "GW0001"));
	ck_assert_ptr_null(strstr(envelope.payload.data, "naa.5000c500a1b2c3d4"));
	ck_assert_ptr_null(strstr(envelope.payload.data, "00:07:3e:01:02:03"));
	envelope_release(&envelope);
	scene_close(&scene);
}
END_TEST

START_TEST(placeholders_sticks_and_made_up_addresses_do_not_count)
{
	struct inventory inventory = INVENTORY_INIT;
	struct identity identity = IDENTITY_INIT;
	size_t i;

	fixture_inventory(&inventory);
	ck_assert_int_eq(identity_make(&inventory, "salt", &identity, NULL), 0);
	/* system serial and uuid, two modules, serial and wwn of the disk, one address */
	ck_assert_uint_eq(identity.part_count, 7);
	for (i = 0; i < identity.part_count; i++) {
		ck_assert_str_ne(identity.part[i].component, "board/baseboard");
		ck_assert_str_ne(identity.part[i].component, "block/sdb");
		ck_assert_str_ne(identity.part[i].component, "net/eth1");
	}
	for (i = 0; i < identity.text_count; i++) {
		if (!strcmp(identity.text[i].name, "board_product"))
			ck_assert_int_eq(identity.text[i].quality, IDENTITY_UNPROGRAMMED);
		if (!strcmp(identity.text[i].name, "cpu_model"))
			ck_assert_int_eq(identity.text[i].quality, IDENTITY_GOOD);
		if (!strcmp(identity.text[i].name, "os_name"))
			ck_assert_int_eq(identity.text[i].quality, IDENTITY_MISSING);
	}
	identity_release(&identity);
	inventory_release(&inventory);
}
END_TEST

/* A machine like the certified one, but for what `change` does to it. */
static void compare(const struct scene *scene, void (*change)(struct inventory *inventory),
		    struct verification *v)
{
	struct inventory inventory = INVENTORY_INIT;

	fixture_inventory(&inventory);
	change(&inventory);
	verify_file(v, scene->certificate.data, scene->certificate.size, "c");
	verify_machine(v, &inventory);
	inventory_release(&inventory);
}

static struct component *component(struct inventory *inventory, const char *id)
{
	struct component *at = inventory->component;

	while (strcmp(at->id, id) != 0)
		at = at->next;
	return at;
}

static void change_nothing(struct inventory *inventory)
{
	(void)inventory;
}

static void swap_slots(struct inventory *inventory)
{
	component_text(inventory, component(inventory, "dimm/A0"), "serial", "BB02", "test",
		       CERTAINTY_LIKELY);
	component_text(inventory, component(inventory, "dimm/B0"), "serial", "AA01", "test",
		       CERTAINTY_LIKELY);
}

static void swap_module(struct inventory *inventory)
{
	component_text(inventory, component(inventory, "dimm/B0"), "serial", "CC03", "test",
		       CERTAINTY_LIKELY);
}

static void add_module(struct inventory *inventory)
{
	struct component *dimm = inventory_add(inventory, "memory", "dimm/C0", NULL);

	component_text(inventory, dimm, "serial", "DD04", "test", CERTAINTY_LIKELY);
}

static void without_root(struct inventory *inventory)
{
	component(inventory, "board/system")->attribute = NULL;
	inventory_class(inventory, "memory", PRESENCE_UNREADABLE, "not readable without root");
	component(inventory, "dimm/A0")->attribute = NULL;
	component(inventory, "dimm/B0")->attribute = NULL;
}

START_TEST(the_same_machine_is_the_same_machine)
{
	AUTO(verification_release) struct verification v = VERIFICATION_INIT;
	AUTO(verification_release) struct verification swapped = VERIFICATION_INIT;
	struct scene scene;

	scene_open(&scene, STAGE_BENCH);
	compare(&scene, change_nothing, &v);
	ck_assert_int_eq(v.check[CHECK_MACHINE].state, CHECK_GOOD);
	ck_assert_uint_eq(v.changes.count, 0);
	compare(&scene, swap_slots, &swapped);
	ck_assert_int_eq(swapped.check[CHECK_MACHINE].state, CHECK_GOOD);
	scene_close(&scene);
}
END_TEST

START_TEST(a_replaced_module_is_named)
{
	AUTO(verification_release) struct verification v = VERIFICATION_INIT;
	struct scene scene;

	scene_open(&scene, STAGE_BENCH);
	compare(&scene, swap_module, &v);
	ck_assert_int_eq(v.check[CHECK_MACHINE].state, CHECK_BAD);
	ck_assert_uint_eq(v.changes.count, 2);
	ck_assert_int_eq(v.changes.change[0].kind, IDENTITY_GONE);
	ck_assert_str_eq(v.changes.change[0].component, "dimm/B0");
	ck_assert_int_eq(v.changes.change[1].kind, IDENTITY_ADDED);
	scene_close(&scene);
}
END_TEST

START_TEST(an_added_module_is_named)
{
	AUTO(verification_release) struct verification v = VERIFICATION_INIT;
	struct scene scene;

	scene_open(&scene, STAGE_BENCH);
	compare(&scene, add_module, &v);
	ck_assert_int_eq(v.check[CHECK_MACHINE].state, CHECK_BAD);
	ck_assert_uint_eq(v.changes.count, 1);
	ck_assert_str_eq(v.changes.change[0].component, "dimm/C0");
	scene_close(&scene);
}
END_TEST

START_TEST(what_cannot_be_read_is_neither_there_nor_gone)
{
	AUTO(verification_release) struct verification v = VERIFICATION_INIT;
	struct scene scene;
	size_t i;

	scene_open(&scene, STAGE_BENCH);
	compare(&scene, without_root, &v);
	ck_assert_int_eq(v.check[CHECK_MACHINE].state, CHECK_UNKNOWN);
	ck_assert_uint_eq(v.changes.count, 4);
	for (i = 0; i < v.changes.count; i++)
		ck_assert_int_eq(v.changes.change[i].kind, IDENTITY_UNREADABLE);
	scene_close(&scene);
}
END_TEST

START_TEST(a_blind_run_says_so_on_its_certificate)
{
	AUTO(certificate_release) struct certificate certificate = CERTIFICATE_INIT;
	struct scene scene;
	struct certificate_source source;

	scene_open(&scene, STAGE_BENCH);
	scene.record.plan.blind = true;
	source = (struct certificate_source){
		.record = &scene.record, .verdict = &scene.judged.verdict, .issued_s = ISSUED,
		.key_id = key_id(scene.key),
	};
	ck_assert_int_eq(certificate_make(&source, &certificate, NULL), 0);
	ck_assert(certificate.blind);
	ck_assert_str_eq(certificate.number, "BENCH-20261123-3F2A91C0");
	ck_assert_int_eq(certificate.peak[0].milli_c, 53000);
	scene_close(&scene);
}
END_TEST

UNIT_MAIN("certificate", a_certificate_verifies_with_the_trust_file_of_its_signer,
	  no_key_is_trusted_by_default, no_flipped_low_bit_of_a_certificate_is_valid,
	  no_flipped_high_bit_of_a_certificate_is_valid,
	  no_shortened_certificate_is_valid, no_flipped_bit_of_the_record_is_accepted,
	  a_statement_that_does_not_follow_from_the_record_is_found,
	  what_did_not_pass_is_not_certified,
	  what_a_program_ran_that_may_plant_faults_is_not_certified_and_no_certificate_of_it_valid,
	  a_bench_key_signs_no_other_stage_and_nobody_else_signs_bench,
	  a_bench_key_is_refused_for_another_stage_whatever_the_trust_file_says,
	  a_certificate_of_another_stage_than_asked_is_invalid,
	  a_certificate_of_a_later_format_cannot_be_told,
	  a_member_that_no_certificate_has_is_refused, serials_are_marked_and_not_published,
	  placeholders_sticks_and_made_up_addresses_do_not_count,
	  the_same_machine_is_the_same_machine, a_replaced_module_is_named,
	  an_added_module_is_named, what_cannot_be_read_is_neither_there_nor_gone,
	  a_blind_run_says_so_on_its_certificate)
