/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CMD_FOLDERS_H
#define CMD_FOLDERS_H
/*
 * Where the program's own files lie. Run from a build folder: the source tree and the build folder;
 * installed: PREFIX/share below the folder of the program. CUIHUO_DATA overrides the data folder.
 * Texts live as long as the program.
 */
const char *folders_locale(void);

#endif
