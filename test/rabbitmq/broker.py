#!/usr/bin/env python3
"""A RabbitMQ of its own on loopback, of one node or a cluster, for as long as somebody keeps the standard input open.

  broker.py NODES
    stdin  kill NODE | start NODE | ctl NODE WORDS…     kill -9, and start again with what it had stored
    stdout the folder, and of each node the port and the one for TLS, when they listen; then a line for each command:
           "ok" and what rabbitmqctl printed, or what went wrong

  broker.py COMMAND…                     or for as long as a command runs, which finds the address in $RABBITMQ

Everything that it starts is below it, also what makes itself independent, and ends with it: whoever it works for may
crash. It takes free ports and a folder of its own, and needs no service manager. In the folder are certificates: ca.pem,
of who signed node.pem, for localhost alone, and client.pem with client.key; other.pem, who signed none of them. Who comes
by TLS needs a certificate.
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
PATIENCE = 60
FOREIGN = ("RABBITMQ", "ERL_")  # settings of another broker
PR_SET_CHILD_SUBREAPER = 36


reserved = []  # sockets


def reserve_port():
    """Nobody else is given it for as long as this process lives; who asks for it by its number may listen there."""
    reserved.append(socket.socket())
    reserved[-1].setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    reserved[-1].bind(("127.0.0.1", 0))
    return reserved[-1].getsockname()[1]


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


def openssl(folder, *words):
    done = subprocess.run(["openssl", *words], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        sys.exit(f"openssl {words[0]}: {done.stdout}".replace("\n", " "))


def make_certificates(folder):
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    for name in ("ca", "other"):
        openssl(folder, "req", "-x509", *key, "-subj", f"/CN=farcall {name}", "-keyout", f"{name}.key", "-out", f"{name}.pem")
    (folder / "names").write_text("subjectAltName = DNS:localhost\n")
    for name in ("node", "client"):
        openssl(folder, "req", *key, "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.csr")
        openssl(folder, "x509", "-req", "-in", f"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
                "-extfile", "names", "-out", f"{name}.pem")


class Node:
    def __init__(self, cluster, number, names):
        self.folder = cluster / str(number)
        self.folder.mkdir()
        self.name = names[number]
        self.port, self.tls_port, self.distribution = (reserve_port() for _ in range(3))
        settings = {"listeners.tcp.1": f"127.0.0.1:{self.port}", "listeners.ssl.1": f"127.0.0.1:{self.tls_port}",
                    "ssl_options.cacertfile": cluster / "ca.pem", "ssl_options.certfile": cluster / "node.pem",
                    "ssl_options.keyfile": cluster / "node.key", "ssl_options.verify": "verify_peer",
                    "ssl_options.fail_if_no_peer_cert": "true", "log.console": "true", "log.file": "false",
                    "disk_free_limit.absolute": "10MB"}
        if len(names) > 1:
            settings |= {"cluster_formation.peer_discovery_backend": "rabbit_peer_discovery_classic_config",
                         "cluster_formation.randomized_startup_delay_range.max": "1"}
            settings |= {f"cluster_formation.classic_config.nodes.{i + 1}": name for i, name in enumerate(names)}
        (self.folder / "rabbitmq.conf").write_text("".join(f"{key} = {value}\n" for key, value in settings.items()))
        (self.folder / "enabled_plugins").write_text("[].")
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith(FOREIGN)} | {
            "HOME": str(cluster), "LANG": "C.UTF-8", "RABBITMQ_NODENAME": self.name,
            "RABBITMQ_CONFIG_FILE": str(self.folder / "rabbitmq"), "RABBITMQ_CONF_ENV_FILE": "/dev/null",
            "RABBITMQ_MNESIA_BASE": str(self.folder / "db"), "RABBITMQ_LOG_BASE": str(self.folder / "log"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.folder / "enabled_plugins"),
            "RABBITMQ_DIST_PORT": str(self.distribution), "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}"}

    def pid_file(self):
        return self.folder / "db" / f"{self.name}.pid"

    def begin(self):
        self.pid_file().unlink(missing_ok=True)
        self.server = run_apart([SERVER], self.environment, self.folder / "server.out")

    def await_listening(self):
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.server.poll() is None:
            try:
                for port in (self.port, self.tls_port):
                    socket.create_connection(("127.0.0.1", port), 1).close()
                return "ok"
            except OSError:
                time.sleep(0.05)
        said = (self.folder / "server.out").read_text(errors="replace")[-2000:]
        return "does not listen: " + said.replace("\n", " ")

    def start(self):
        self.begin()
        return self.await_listening()

    def kill(self):
        broker = int(self.pid_file().read_text())
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
        done = subprocess.run([CTL, "-q", "-n", self.name, *words], env=self.environment, stdin=subprocess.DEVNULL,
                              text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        return ("ok " if done.returncode == 0 else "") + done.stdout.replace("\n", " ")


def run_apart(command, environment, output):
    with open(output, "ab") as out:
        return subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                                start_new_session=True)


class Broker:
    def __init__(self, folder, nodes):
        self.folder = folder
        make_certificates(folder)
        names = [f"farcall{number}@localhost" for number in range(nodes)]
        self.nodes = [Node(folder, number, names) for number in range(nodes)]
        epmd = str(reserve_port())
        cookie = folder / ".erlang.cookie"
        cookie.write_text("farcall")
        cookie.chmod(0o600)
        for node in self.nodes:
            node.environment["ERL_EPMD_PORT"] = epmd
        # Otherwise the broker starts one that outlives it.
        run_apart(["epmd", "-address", "127.0.0.1", "-port", epmd], self.nodes[0].environment, folder / "epmd.out")

    def start(self):
        for node in self.nodes:
            node.begin()
        for node in self.nodes:
            if (said := node.await_listening()) != "ok":
                return said
        return "ok"


def serve(broker):
    started = broker.start()
    ports = " ".join(f"{node.port} {node.tls_port}" for node in broker.nodes)
    print(f"{broker.folder} {ports}" if started == "ok" else started, flush=True)
    for line in sys.stdin:
        command, number, *words = line.split()
        node = broker.nodes[int(number)]
        print({"kill": node.kill, "start": node.start, "ctl": node.ctl}[command](*words), flush=True)


def run(broker, command):
    started = broker.start()
    if started != "ok":
        sys.exit(started)
    address = f"amqp://guest:guest@127.0.0.1:{broker.nodes[0].port}"
    return subprocess.run(command, env=os.environ | {"RABBITMQ": address}).returncode


def main():
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="farcall-rabbitmq-"))
    try:
        if sys.argv[1:2] and not sys.argv[1].isdigit():
            sys.exit(run(Broker(folder, 1), sys.argv[1:]))
        serve(Broker(folder, int(sys.argv[1])))
    finally:
        end_everything()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
