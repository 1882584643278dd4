/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/issue/certify.h"

#include "harness/base/auto.h"
#include "harness/base/envelope.h"
#include "harness/model/certificate.h"
#include "harness/model/trust.h"

int certify_judged(const struct judged *judged, const struct key *key, int64_t issued_s,
		     struct buf *out, struct err *err)
{
	AUTO(certificate_release) struct certificate certificate = CERTIFICATE_INIT;
	AUTO(buf_release) struct buf payload = BUF_INIT;
	const struct certificate_source source = {
		.record = &judged->record,
		.verdict = &judged->verdict,
		.record_bytes = judged->size,
		.issued_s = issued_s,
		.key_id = key_id(key),
	};
	int code = certificate_make(&source, &certificate, err);

	if (code < 0)
		return code;
	if (!trust_use_fits(key_use(key), certificate.stage))
		return err_set(err, ERR_UNSUPPORTED,
			       "a %s key does not sign stage %s; use another key",
			       key_use_name(key_use(key)), stage_name(certificate.stage));
	code = certificate_write(&certificate, &payload, err);
	if (code < 0)
		return code;
	return envelope_seal(CERTIFICATE_TYPE, payload.data, payload.size, key, out, err);
}
