# cuihuo: `make help` says what there is.
# One file, no recursion: sources are found by wildcard, objects lie below $(O).

VERSION := 0.1.0
O ?= build
prefix ?= /usr/local
DESTDIR ?=
SAN ?=
DEVELOPER ?=
CROSS_COMPILE ?=
V ?=

# However it was spelled, a build folder has one name, so that its flags do not seem to change.
override O := $(patsubst $(CURDIR)/%,%,$(abspath $(O)))
ifeq ($(origin CC),default)
CC := $(CROSS_COMPILE)gcc
endif
PKG_CONFIG ?= pkg-config
MSGFMT ?= msgfmt
Q := $(if $(V),,@)
say = $(if $(V),,@printf '  %-7s %s\n' '$(1)' '$(2)')

# `make lab ARCH=loong64` means the machine of the lab, not the one to build for.
lab_arch := $(if $(filter command,$(firstword $(origin ARCH))),$(ARCH))
# Empty where there is no compiler yet: `make burn-in` installs one, and starts make anew.
override ARCH := $(firstword $(subst -, ,$(shell ($(CC) -dumpmachine) 2>/dev/null)))
override ARCH := $(if $(filter i%86,$(ARCH)),x86_64,$(ARCH))
PACKAGES := libpci libusb-1.0 hwloc jansson yaml-0.1 libcrypto blkid
LIBS := $(shell $(PKG_CONFIG) --libs $(PACKAGES) 2>/dev/null) -lsensors -lpthread -lm
CFLAGS ?= -O2 -g
WARNINGS := -Wall -Wextra -Wshadow -Wpointer-arith -Wstrict-prototypes -Wmissing-prototypes \
	-Wwrite-strings -Wformat=2 -Wimplicit-fallthrough -Wundef -Wvla
all_cflags := -std=gnu11 -ffp-contract=off -fno-strict-aliasing -D_GNU_SOURCE \
	-D_FILE_OFFSET_BITS=64 -I. -I$(O)/gen $(WARNINGS) $(if $(DEVELOPER),-Werror) \
	$(if $(SAN),-fsanitize=$(SAN) -fno-omit-frame-pointer -fno-sanitize-recover=all) \
	$(shell $(PKG_CONFIG) --cflags $(PACKAGES) 2>/dev/null) $(CFLAGS) $(CPPFLAGS)
all_ldflags := $(if $(SAN),-fsanitize=$(SAN)) $(LDFLAGS)

# --- instruction sets ---------------------------------------------------------------------------
# Instruction sets by suffix of the file name: isa/x86_64/vec_avx2.c
isa_flags_scalar := -fno-tree-vectorize -fno-tree-slp-vectorize
isa_flags_sse2 := -msse2
isa_flags_avx2 := -mavx2 -mfma
isa_flags_avx512 := -mavx512f -mavx512bw -mavx512dq -mavx512vl -mprefer-vector-width=512
isa_flags_sve := -march=armv8.2-a+sve -ftree-vectorize -fno-math-errno
isa_flags_lsx := -mlsx
isa_flags_lasx := -mlasx
# Names that two architectures have: isa/ARCH/crypt_aes.c
isa_flags_aes_x86_64 := -maes
isa_flags_sha_x86_64 := -msha -msse4.1
isa_flags_crc_x86_64 := -msse4.2
isa_flags_clmul_x86_64 := -mpclmul
isa_flags_aes_aarch64 := -march=armv8-a+crypto
isa_flags_sha_aarch64 := -march=armv8-a+crypto
isa_flags_clmul_aarch64 := -march=armv8-a+crypto
isa_flags_crc_aarch64 := -march=armv8-a+crc
isa_flags_sm3_aarch64 := -march=armv8.2-a+sm4
isa_flags_sm4_aarch64 := -march=armv8.2-a+sm4
# What a compiler must take for a set, beside its flags: without it the set is lost, not the build.
isa_needs_sve := \#include <arm_sve.h>
isa_needs_lsx := \#include <lsxintrin.h>
isa_needs_lasx := \#include <lasxintrin.h>
isa_of = $(lastword $(subst _, ,$(basename $(notdir $(1)))))
isa_set_flags = $(isa_flags_$(1)) $(isa_flags_$(1)_$(ARCH))
isa_flags = $(if $(findstring /isa/,$(1)),$(call isa_set_flags,$(call isa_of,$(1))))
isa_taken = $(shell printf '%s\n' '$(isa_needs_$(1))' | \
	$(CC) $(call isa_set_flags,$(1)) -x c -fsyntax-only - 2>/dev/null && echo $(1))
isa_leaves := $(if $(ARCH),$(wildcard harness/stress/isa/$(ARCH)/*_*.c))
isa_sets := $(sort $(foreach leaf,$(isa_leaves),$(call isa_of,$(leaf))))
isa_have := $(foreach set,$(isa_sets),$(call isa_taken,$(set)))
isa_lost := $(filter-out $(isa_have),$(isa_sets))
ifneq ($(isa_lost),)
$(info $(CC) does not know $(isa_lost): the kernels are built without, and do not test these units)
endif
all_cflags += $(addprefix -DHAVE_ISA_,$(shell echo '$(isa_have)' | tr a-z A-Z))

# --- sources ------------------------------------------------------------------------------------
rooms := harness/base harness/sys harness/sys/arch/$(ARCH) harness/model harness/sensor \
	harness/stress harness/stress/isa harness/stress/isa/$(ARCH) probes reports harness/run \
	harness/issue harness/cmd
isa_left_out := $(foreach set,$(isa_lost),$(filter %_$(set).c,$(isa_leaves)))
sources := $(filter-out $(isa_left_out),$(wildcard $(addsuffix /*.c,$(rooms))))
main_source := harness/cmd/main.c
objects := $(sources:%.c=$(O)/obj/%.o) $(O)/obj/gen/messages_zh.o $(O)/obj/gen/placeholders.o
library := $(O)/libcuihuo.a
program := $(O)/cuihuo

unit_sources := $(wildcard tests/unit/test_*.c)
unit_helpers := $(filter-out $(unit_sources),$(wildcard tests/unit/*.c))
unit_programs := $(unit_sources:tests/unit/%.c=$(O)/tests/unit/%)
CHECK_LIBS = $(shell $(PKG_CONFIG) --libs check 2>/dev/null)
CHECK_CFLAGS = $(shell $(PKG_CONFIG) --cflags check 2>/dev/null)

.PHONY: all help
all: $(program) $(O)/locale/zh_CN/LC_MESSAGES/cuihuo.mo $(O)/data $(O)/ids-checked

help:
	@sed -n 's/^#: //p' $(firstword $(MAKEFILE_LIST))
#: make              build the program, build/cuihuo
#: make burn-in      install what is needed, build, run profile quick here, certify, verify
#: make test         install what is needed, build, run all tests that need only this machine
#: make test-slow    sanitizers, valgrind, other architectures, browser, fuzzing (FUZZ_SECONDS=360)
#: make injected     a program that can plant faults, build/cuihuo-injected
#: make captures     the score on captured machines, in CUIHUO_CAPTURES or ../shared/captures
#: make soak         what takes hours: crash and fuzz loops, long cases of the lab
#: make lab-setup    fetch emulators, kernels and systems for the emulated machines
#: make lab          cuihuo on emulated machines, with faults planted (ARCH=loong64 CASE=probe-*)
#: make captures-live    the emulated machines become test roots, tests/roots/live
#: make bench        measure, beside the peers that are installed
#: make dist         relocatable tarballs of x86_64, aarch64 and loong64 in build/dist (DIST='ARCH...')
#: make install      into DESTDIR and prefix (/usr/local)
#: make clean        remove the build folder
#:
#: O=DIR             build there instead of build/
#: V=1               show the commands
#: DEVELOPER=1       warnings are errors
#: SAN=address,undefined          build with sanitizers
#: CC= CROSS_COMPILE= PKG_CONFIG= CFLAGS= CPPFLAGS= LDFLAGS= DESTDIR= prefix=

# --- flags: a changed command line rebuilds what it made ------------------------------------------
flags_text := $(CC) $(all_cflags) | $(all_ldflags) | $(LIBS) | $(VERSION)
$(O)/flags: FORCE
	$(Q)mkdir -p $(@D)
	$(Q)printf '%s\n' '$(flags_text)' | cmp -s - $@ || printf '%s\n' '$(flags_text)' > $@
.PHONY: FORCE
FORCE:
# A file that its rule left half written would be taken for whole by the next make.
.DELETE_ON_ERROR:

# --- objects ------------------------------------------------------------------------------------
$(O)/obj/%.o: %.c $(O)/flags
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(all_cflags) $(call isa_flags,$<) -MMD -MP -c -o $@ $<

$(O)/obj/gen/%.o: $(O)/gen/%.c $(O)/flags
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(all_cflags) -MMD -MP -c -o $@ $<

$(O)/obj/harness/cmd/folders.o: harness/cmd/folders.c $(O)/flags
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(all_cflags) -DCUIHUO_VERSION='"$(VERSION)"' -MMD -MP -c -o $@ $<

# The list of members is kept, so that a removed source leaves the archive too.
$(O)/members: FORCE
	$(Q)mkdir -p $(@D)
	$(Q)echo '$(objects)' | cmp -s - $@ || echo '$(objects)' > $@

$(library): $(filter-out $(O)/obj/$(main_source:.c=.o),$(objects)) $(O)/members
	$(call say,AR,$@)
	$(Q)rm -f $@
	$(Q)$(CROSS_COMPILE)ar rcs $@ $(filter %.o,$^)

$(program): $(O)/obj/$(main_source:.c=.o) $(library)
	$(call say,LINK,$@)
	$(Q)$(CC) $(all_ldflags) -o $@ $^ $(LIBS)

# The same objects with planted faults in place of the refusal of them; for tests of the program.
injected := $(O)/cuihuo-injected
injected_sources := $(wildcard harness/run/inject/*.c harness/run/inject/$(ARCH)/*.c)
injected_objects := $(injected_sources:%.c=$(O)/obj/%.o) $(O)/obj/harness/cmd/folders-injected.o
$(O)/obj/harness/cmd/folders-injected.o: harness/cmd/folders.c $(O)/flags
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(all_cflags) -DCUIHUO_VERSION='"$(VERSION) INJECTED"' -MMD -MP -c -o $@ $<

# What stands before the library is not taken from it.
$(injected): $(O)/obj/$(main_source:.c=.o) $(injected_objects) $(library)
	$(call say,LINK,$@)
	$(Q)$(CC) $(all_ldflags) -o $@ $^ $(LIBS)

.PHONY: injected
injected: $(injected) all

# --- languages ----------------------------------------------------------------------------------
$(O)/locale/zh_CN/LC_MESSAGES/cuihuo.mo: po/zh_CN.po
	$(call say,MSGFMT,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(MSGFMT) --check-format -o $@ $<

# The same catalogue inside the program, for documents whose language is not the locale's. A catalogue keeps texts with
# PRIu64 in a table of their own, for libintl to finish; here they are finished: on every target it is lu.
$(O)/gen/messages_zh.mo: po/zh_CN.po Makefile
	$(call say,MSGFMT,$@)
	$(Q)mkdir -p $(@D)
	$(Q)sed 's/<PRI\([diouxX]\)64>/l\1/g' $< | $(MSGFMT) --check-format -o $@ -

$(O)/gen/messages_zh.c: $(O)/gen/messages_zh.mo
	$(call say,GEN,$@)
	$(Q)mkdir -p $(@D)
	$(Q)(echo '#include <stddef.h>'; echo 'extern const unsigned char messages_zh[];'; \
	  echo 'extern const size_t messages_zh_size;'; echo 'const unsigned char messages_zh[] = {'; \
	  od -An -v -tx1 $< | sed 's/ \(..\)/0x\1,/g'; echo '};'; \
	  echo 'const size_t messages_zh_size = sizeof(messages_zh);') > $@

# The texts, addresses, makers and parameters that name nobody, for what must know them without a pack: redaction, names of profiles.
$(O)/gen/placeholders.c: probes/ids/placeholders.tsv probes/ids/macs.tsv probes/ids/makers.tsv probes/ids/parameters.tsv Makefile
	$(call say,GEN,$@)
	$(Q)mkdir -p $(@D)
	$(Q)(echo '#include <stddef.h>'; \
	  for table in placeholder mac maker; do \
	    echo "extern const char *const $${table}_glob[];"; \
	    echo "extern const size_t $${table}_glob_count;"; \
	    echo "const char *const $${table}_glob[] = {"; \
	    awk -F '\t' '!/^#/ && head++ { gsub(/["\\]/, "\\&", $$1); print "\"" $$1 "\"," }' \
	      probes/ids/$${table}s.tsv; \
	    echo '};'; echo "const size_t $${table}_glob_count ="; \
	    echo "sizeof($${table}_glob) / sizeof($${table}_glob[0]);"; \
	  done; \
	  echo 'extern const char *const parameter_row[][2];'; echo 'extern const size_t parameter_row_count;'; \
	  echo 'const char *const parameter_row[][2] = {'; \
	  awk -F '\t' '!/^#/ && head++ { gsub(/["\\]/, "\\\\&"); print "{ \"" $$1 "\", \"" $$2 "\" }," }' \
	    probes/ids/parameters.tsv; \
	  echo '};'; echo 'const size_t parameter_row_count = sizeof(parameter_row) / sizeof(parameter_row[0]);') > $@

# --- data as the program finds it from the build folder -------------------------------------------
$(O)/data: FORCE
	$(Q)mkdir -p $(O)/data
	$(Q)ln -sfn $(CURDIR)/profiles $(O)/data/profiles
	$(Q)ln -sfn $(CURDIR)/probes/ids $(O)/data/ids

# The tables of names are checked before anything that is made here is tested or installed.
$(O)/tools/check-ids: tools/check_ids.c $(library)
	$(call say,LINK,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(all_cflags) $(all_ldflags) -o $@ $^ $(LIBS)

$(O)/ids-checked: $(O)/tools/check-ids probes/ids $(wildcard probes/ids/*)
	$(call say,CHECK,probes/ids)
ifeq ($(ARCH),$(shell uname -m))
	$(Q)$(O)/tools/check-ids probes/ids > $@
else
	$(Q)echo 'probes/ids is not checked: this program is for another machine ($(ARCH))' | tee $@
endif

# --- unit tests ---------------------------------------------------------------------------------
$(O)/obj/tests/unit/%.o: private all_cflags += $(CHECK_CFLAGS) -DTEST_SOURCE_FOLDER='"$(CURDIR)"'
$(unit_programs): $(O)/tests/unit/%: $(O)/obj/tests/unit/%.o \
		$(unit_helpers:%.c=$(O)/obj/%.o) $(library)
	$(call say,LINK,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(all_ldflags) -o $@ $^ $(CHECK_LIBS) $(LIBS)

# So many test programs at once.
JOBS ?= $(shell nproc)
cli_tests := $(wildcard tests/cli/*.t tests/gate/*.t)
.PHONY: unit-tests unit check
unit-tests: $(unit_programs) $(injected)
unit: unit-tests all
	$(Q)JOBS=$(JOBS) tests/run $(unit_programs)
# Every test, once everything is installed.
check: unit-tests all
	$(Q)CUIHUO='$(abspath $(program))' BUILD='$(abspath $(O))' JOBS=$(JOBS) tests/run $(unit_programs) $(cli_tests)

# Identity, measured on captured machines, which are no part of the project.
.PHONY: captures
captures: all
	$(Q)CUIHUO='$(abspath $(program))' BUILD='$(abspath $(O))' tests/captures/run

# --- the two commands of the README ---------------------------------------------------------------
# Make reads pkg-config and the compiler when it starts, so it starts anew after the installation.
again = $(MAKE) --no-print-directory -j$(shell nproc)
.PHONY: burn-in test
burn-in:
	$(Q)packaging/needs build run
	$(Q)$(again) all
	$(Q)tools/burn-in '$(O)'

test:
	$(Q)packaging/needs build run test
	$(Q)$(again) all unit-tests
	$(Q)$(MAKE) --no-print-directory check

# --- slower tests ---------------------------------------------------------------------------------
FUZZ_SECONDS ?= 360
fuzz_sources := $(wildcard tests/fuzz/fuzz_*.c)
fuzz_programs := $(fuzz_sources:tests/fuzz/%.c=$(O)/fuzz/%)
$(fuzz_programs): $(O)/fuzz/%: $(O)/obj/tests/fuzz/%.o $(library)
	$(call say,LINK,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(all_ldflags) -fsanitize=fuzzer -o $@ $^ $(LIBS)

.PHONY: fuzz-programs test-slow soak bench
fuzz-programs: $(fuzz_programs)
test-slow:
	$(Q)packaging/needs build run test dist lab ci
	$(Q)tests/slow '$(FUZZ_SECONDS)'

soak:
	$(Q)packaging/needs build run test dist lab ci
	$(Q)CRASHES=50 tests/slow 7200
	$(Q)python3 -B tests/lab run --soak

.PHONY: lab lab-setup captures-live
lab-setup:
	$(Q)packaging/needs build run test dist lab
	$(Q)python3 -B tests/lab setup
lab: lab-setup
	$(Q)python3 -B tests/lab run $(if $(lab_arch),--arch '$(lab_arch)') $(if $(CASE),--case '$(CASE)')
captures-live: lab-setup
	$(Q)python3 -B tests/lab capture $(if $(lab_arch),--arch '$(lab_arch)')

bench: all injected
	$(Q)packaging/needs build test bench
	$(Q)CUIHUO='$(abspath $(program))' BUILD='$(abspath $(O))' tests/bench/run

# --- installation ---------------------------------------------------------------------------------
share := $(DESTDIR)$(prefix)/share
documents := $(share)/doc/cuihuo
.PHONY: install clean
install: all
	install -d $(DESTDIR)$(prefix)/bin $(share)/cuihuo/profiles/policies $(share)/cuihuo/ids \
		$(share)/locale/zh_CN/LC_MESSAGES $(share)/man/man1 $(share)/bash-completion/completions \
		$(documents)/docs/formats $(documents)/docs/man $(documents)/profiles $(documents)/packaging
	install -m 755 $(program) $(DESTDIR)$(prefix)/bin/cuihuo
	install -m 644 $(wildcard profiles/*.yaml) $(share)/cuihuo/profiles
	install -m 644 $(wildcard profiles/policies/*.yaml) $(share)/cuihuo/profiles/policies
	$(if $(wildcard probes/ids/*.tsv),install -m 644 $(wildcard probes/ids/*.tsv) $(share)/cuihuo/ids)
	install -m 644 $(O)/locale/zh_CN/LC_MESSAGES/cuihuo.mo $(share)/locale/zh_CN/LC_MESSAGES
	install -m 644 docs/man/cuihuo.1 $(share)/man/man1
	install -m 644 docs/completion/cuihuo.bash $(share)/bash-completion/completions/cuihuo
	install -m 644 LICENSE README.md README.zh-CN.md $(documents)
	install -m 644 $(wildcard docs/*.md) $(documents)/docs
	install -m 644 $(wildcard docs/formats/*.md) $(documents)/docs/formats
	install -m 644 docs/man/cuihuo.1 $(documents)/docs/man
	install -m 644 $(wildcard profiles/README*.md) $(documents)/profiles
	install -m 644 packaging/packages.tsv $(documents)/packaging

# --- tarballs that run where nothing is installed -------------------------------------------------
DIST ?= x86_64 aarch64 loong64
.PHONY: dist
dist:
	$(Q)packaging/needs build dist
	$(Q)for arch in $(DIST); do packaging/dist/tarball $$arch $(VERSION) '$(O)/dist' || exit; done

clean:
	$(Q)rm -rf $(O)

-include $(patsubst %.c,$(O)/obj/%.d,$(sources) $(unit_sources) $(unit_helpers) $(fuzz_sources) \
	$(injected_sources) harness/cmd/folders-injected.c)
.SECONDARY:
