/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_DISK_ORDER_H
#define STRESS_DISK_ORDER_H
/* The file of disk.order in the scratch folder: it stays there when the power goes. */
#define DISK_ORDER_FILE "disk.order"

#endif
