/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_SPD_FIXTURE_H
#define TESTS_SPD_FIXTURE_H
/* The EEPROMs of made-up memory modules, with right checksums. */
#include <stddef.h>
#include <stdint.h>

enum { SPD_FIXTURE_MAX = 1024 };

struct spd_fixture {
	uint8_t byte[SPD_FIXTURE_MAX];
	size_t size;
};

/* 4 GiB, DDR3-1600, one rank of x8; Ramaxel (84:43 without the parity of the first). */
void spd_fixture_ddr3(struct spd_fixture *spd);
/* 8 GiB, DDR4-3200 SODIMM, one rank of x8; UniIC, its chips too; part SCC08GS03H3F1C-32AA. */
void spd_fixture_ddr4(struct spd_fixture *spd);
/* 16 GiB, DDR5-5600 UDIMM, one rank of x8, two channels of 32 bits; CXMT. */
void spd_fixture_ddr5(struct spd_fixture *spd);
/* Another module of that kind. */
void spd_fixture_serial(struct spd_fixture *spd, uint32_t serial);
/* Puts the checksum right after bytes were changed. */
void spd_fixture_check(struct spd_fixture *spd);

#endif
