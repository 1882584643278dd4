/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CMD_FOLDERS_H
#define CMD_FOLDERS_H
/*
 * Where the program's own files lie. Run from a build folder: the source tree and the build folder;
 * installed: PREFIX/share below the folder of the program. CUIHUO_DATA overrides the data folder.
 * Texts live as long as the program.
 */
const char *folders_locale(void);

/*
 * The folder with the tables of names, into `out`: the one of --data, checked as a whole, or the
 * one that is installed. EXIT_PASS, or an exit code after saying why.
 */
struct buf;
struct cmd;
int folders_names(const struct cmd *cmd, struct buf *out);

#endif
