#!/usr/bin/env python3
"""A RabbitMQ of its own on loopback, for as long as somebody keeps the standard input open.

  broker.py
    stdin  kill | start | ctl WORDS…     kill -9, and start again with what it had stored
    stdout the port when it listens, then a line for each command: "ok", or what went wrong

  broker.py COMMAND…                     or for as long as a command runs, which finds the address in $RABBITMQ

Everything that it starts is below it, also what makes itself independent, and ends with it: whoever it works for may
crash. It takes free ports and a folder of its own, and needs no service manager.
"""

import ctypes
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

SERVER = "/usr/lib/rabbitmq/bin/rabbitmq-server"  # /usr/sbin/rabbitmq-server changes the user and the folders
CTL = "/usr/lib/rabbitmq/bin/rabbitmqctl"
NODE = "farcall@localhost"
PATIENCE = 60
PR_SET_CHILD_SUBREAPER = 36


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def children():
    """The processes directly below this one."""
    found = []
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == os.getpid():
            found.append(int(stat.parent.name))
    return found


def end_everything():
    """What loses its parent comes below this process, so that at last there is nothing left."""
    while below := children():
        for process in below:
            os.kill(process, signal.SIGKILL)
        for process in below:
            os.waitpid(process, 0)


class Broker:
    def __init__(self, folder):
        self.folder = folder
        self.port, distribution, epmd = free_ports(3)
        (folder / "rabbitmq.conf").write_text(f"listeners.tcp.1 = 127.0.0.1:{self.port}\n"
                                              "log.console = true\nlog.file = false\n"
                                              "disk_free_limit.absolute = 10MB\n")
        (folder / "enabled_plugins").write_text("[].")
        self.environment = os.environ | {
            "HOME": str(folder), "LANG": "C.UTF-8", "RABBITMQ_NODENAME": NODE,
            "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq"), "RABBITMQ_CONF_ENV_FILE": "/dev/null",
            "RABBITMQ_MNESIA_BASE": str(folder / "db"), "RABBITMQ_LOG_BASE": str(folder / "log"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "enabled_plugins"),
            "RABBITMQ_DIST_PORT": str(distribution), "ERL_EPMD_ADDRESS": "127.0.0.1", "ERL_EPMD_PORT": str(epmd),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}"}
        # Otherwise the broker starts one that outlives it.
        self.run(["epmd", "-address", "127.0.0.1", "-port", str(epmd)], "epmd.out")

    def run(self, command, output):
        with open(self.folder / output, "ab") as out:
            return subprocess.Popen(command, env=self.environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                                    start_new_session=True)

    def pid(self):
        return int((self.folder / "db" / f"{NODE}.pid").read_text())

    def start(self):
        (self.folder / "db" / f"{NODE}.pid").unlink(missing_ok=True)
        server = self.run([SERVER], "server.out")
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and server.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return "ok"
            except OSError:
                time.sleep(0.05)
        return "does not listen: " + (self.folder / "server.out").read_text(errors="replace")[-2000:].replace("\n", " ")

    def kill(self):
        broker = self.pid()
        os.kill(broker, signal.SIGKILL)
        until = time.monotonic() + PATIENCE
        while os.path.exists(f"/proc/{broker}") and time.monotonic() < until:
            try:
                os.waitpid(-1, os.WNOHANG)  # it may be a child of this process, or of the script that started it
            except ChildProcessError:
                pass
            time.sleep(0.01)
        return "ok"

    def ctl(self, *words):
        done = subprocess.run([CTL, "-n", NODE, *words], env=self.environment, stdin=subprocess.DEVNULL, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        return "ok" if done.returncode == 0 else done.stdout.replace("\n", " ")


def serve(broker):
    started = broker.start()
    print(broker.port if started == "ok" else started, flush=True)
    for line in sys.stdin:
        command, *words = line.split()
        print({"kill": broker.kill, "start": broker.start, "ctl": broker.ctl}[command](*words), flush=True)


def run(broker, command):
    started = broker.start()
    if started != "ok":
        sys.exit(started)
    address = f"amqp://guest:guest@127.0.0.1:{broker.port}"
    return subprocess.run(command, env=os.environ | {"RABBITMQ": address}).returncode


def main():
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="farcall-rabbitmq-"))
    try:
        sys.exit(run(Broker(folder), sys.argv[1:]) if sys.argv[1:] else serve(Broker(folder)))
    finally:
        end_everything()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
