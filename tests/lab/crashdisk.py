# SPDX-License-Identifier: GPL-3.0-or-later
"""A disk with a write cache that loses what was not flushed when the power goes: a server of NBD.

    disk = CrashDisk(image, socket_path)    serves from threads of this process
    disk.cut(random.Random(7), keep=0.5)    of what was not flushed each sector survives with that chance

Protocol: https://github.com/NetworkBlockDevice/nbd/blob/master/doc/proto.md (fixed newstyle, no TLS)."""
import os
import socket
import struct
import threading

SECTOR = 512
REPLY_OPTION = 0x3E889045565A9
OPTION_EXPORT, OPTION_ABORT, OPTION_INFO, OPTION_GO = 1, 2, 6, 7
ACK, INFO, UNSUPPORTED = 1, 3, 0x80000001
READ, WRITE, DISCONNECT, FLUSH = range(4)
FLAGS = 1 | 4 | 8  # there are flags; flush; write through
WRITE_THROUGH = 1
EINVAL = 22


def receive(line, size):
    data = b""
    while len(data) < size:
        more = line.recv(size - len(data))
        if not more:
            raise EOFError
        data += more
    return data


class CrashDisk:
    def __init__(self, image, path):
        self.fd = os.open(image, os.O_RDWR)
        self.size = os.fstat(self.fd).st_size
        self.cache = {}  # sector: bytes that were written and not flushed
        self.lock = threading.Lock()
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(path))
        self.listener.listen()
        threading.Thread(target=self.accept, daemon=True).start()

    def close(self):
        self.listener.close()

    def accept(self):
        while True:
            try:
                line, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(line,), daemon=True).start()

    def serve(self, line):
        with line:
            try:
                if self.greet(line):
                    while self.request(line):
                        pass
            except (EOFError, OSError):
                pass

    def greet(self, line):
        """Agree on the one disk there is; true when requests follow."""
        line.sendall(b"NBDMAGICIHAVEOPT" + struct.pack(">H", 3))
        receive(line, 4)
        about = struct.pack(">QH", self.size, FLAGS)
        while True:
            _, option, size = struct.unpack(">QII", receive(line, 16))
            receive(line, size)

            def reply(kind, data=b"", option=option):
                line.sendall(struct.pack(">QIII", REPLY_OPTION, option, kind, len(data)) + data)

            if option == OPTION_EXPORT:
                line.sendall(about + bytes(124))
                return True
            if option in (OPTION_INFO, OPTION_GO):
                reply(INFO, struct.pack(">H", 0) + about)
                reply(ACK)
                if option == OPTION_GO:
                    return True
            else:
                reply(ACK if option == OPTION_ABORT else UNSUPPORTED)
                if option == OPTION_ABORT:
                    return False

    def request(self, line):
        _, flags, what, handle, at, size = struct.unpack(">IHHQQI", receive(line, 28))
        data = receive(line, size) if what == WRITE else b""
        error, answer = 0, b""
        with self.lock:
            if what == READ:
                answer = self.read(at, size)
            elif what == WRITE and (at | size) % SECTOR == 0:
                self.cache.update({(at + i) // SECTOR: data[i : i + SECTOR] for i in range(0, size, SECTOR)})
                if flags & WRITE_THROUGH:
                    self.store(range(at // SECTOR, (at + size) // SECTOR))
            elif what == FLUSH:
                self.store(list(self.cache))
            else:
                error = EINVAL
        if what == DISCONNECT:
            return False
        line.sendall(struct.pack(">IIQ", 0x67446698, error, handle) + answer)
        return True

    def read(self, at, size):
        data = bytearray(os.pread(self.fd, size, at))
        for sector in range(at // SECTOR, -(-(at + size) // SECTOR)):
            if sector in self.cache:
                first, last = max(at, sector * SECTOR), min(at + size, (sector + 1) * SECTOR)
                data[first - at : last - at] = self.cache[sector][first % SECTOR : (last - 1) % SECTOR + 1]
        return bytes(data)

    def store(self, sectors):
        for sector in sectors:
            os.pwrite(self.fd, self.cache.pop(sector), sector * SECTOR)

    def cut(self, chance, keep):
        """The power goes. How many sectors were lost."""
        with self.lock:
            self.store([sector for sector in self.cache if chance.random() < keep])
            lost = len(self.cache)
            self.cache.clear()
        return lost
