/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/digest.h"
#include "harness/issue/verify.h"

#include <stdlib.h>
#include <string.h>

/* The private half of this key signed corpus/certificate/valid.json and was thrown away. */
static const char trust_text[] =
	"{\"keys\":[{\"algorithm\":\"sm2\",\"key\":"
	"\"MFkwEwYHKoZIzj0CAQYIKoEcz1UBgi0DQgAE42X0rbVvRcEdxk/"
	"ubXnoBzyjKmmypRzCXqeQ8Zdj5A220zAjvlyHzke6uTKQ588WWEkWnX6GAflqnHIeoniMCA==\","
	"\"keyid\":\"be656f3140ba5427\",\"name\":\"fuzz\",\"stages\":[\"bench\"]}],\"v\":1}";
static const char signed_digest[] =
	"79694a3c09cfeb812ba1efd6ff632738d31d3373faa8ba72bfd64bd42609e0a4";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Any bytes as an envelope and as a payload; only the one payload that was signed is ever valid. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct verification v = VERIFICATION_INIT;
	struct certificate certificate = CERTIFICATE_INIT;
	struct trust trust = TRUST_INIT;
	char digest[DIGEST_TEXT_SIZE];

	if (trust_read(trust_text, sizeof(trust_text) - 1, "trust", &trust, NULL) < 0)
		abort();
	verify_file(&v, (const char *)data, size, "fuzz");
	verify_signer(&v, &trust);
	if (verify_result(&v) == VERIFICATION_VALID &&
	    (digest_sm3_text(v.envelope.payload.data, v.envelope.payload.size, digest, NULL) < 0 ||
	     strcmp(digest, signed_digest) != 0))
		abort();
	certificate_read((const char *)data, size, "fuzz", &certificate, NULL);
	certificate_release(&certificate);
	verification_release(&v);
	trust_release(&trust);
	return 0;
}
