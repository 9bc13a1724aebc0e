#!/usr/bin/env python3
"""Farcall as others install and use it: packages, unpacked into a clean folder, and a project that is built with them.

  consumer_test.py --build build/release --source . --tree FOLDER [CASE…]

The case Packages fills the folder; the others need it.
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

PACKAGES = ("farcall", "farcall-runtime", "farcall-runtime-dev", "farcall-doc")
STUBS = ("lamp.rpc.h", "lamp.rpc.cpp")
PRINTED = "the hall is 7 blue, by Candela & Sons\n1\n"
options = argparse.Namespace()


class Case(unittest.TestCase):
    def run_tool(self, *command, folder=None, environment=None, fails=False):
        done = subprocess.run([str(each) for each in command], cwd=folder, capture_output=True, text=True,
                              env=dict(os.environ, **(environment or {})))
        self.assertEqual(done.returncode != 0, fails, done.stdout + done.stderr)
        return done.stdout + done.stderr


class Packages(Case):
    def test_install_into_a_clean_folder(self):
        shutil.rmtree(options.tree, ignore_errors=True)
        made = options.tree / "packages"
        self.run_tool("cpack", "-G", "DEB", "--config", options.build / "CPackConfig.cmake", "-B", made)
        found = {self.field(path, "Package"): path for path in made.glob("*.deb")}
        self.assertEqual(set(found), set(PACKAGES))
        for path in found.values():
            self.run_tool("dpkg-deb", "-x", path, options.tree)
        self.assertRegex(self.field(found["farcall"], "Depends"), r"libclang-cpp\d+ .*libclang-common-\d+-dev")
        self.assertRegex(self.field(found["farcall-runtime"], "Depends"), r"libsqlite3-0")
        self.assertRegex(self.field(found["farcall-runtime-dev"], "Depends"), r"farcall-runtime \(= .*libsqlite3-dev")
        self.assertTrue((options.tree / "usr/share/doc/Farcall/docs/tutorial.md").exists())
        shutil.rmtree(made)

    def field(self, package, name):
        return self.run_tool("dpkg-deb", "-f", package, name).strip()


class Consumer(Case):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="farcall-consumer-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.project = self.folder / "project"
        shutil.copytree(options.source / "test/consumer/project", self.project)
        self.build = self.folder / "build"
        self.stubs = self.build / "rpc"

    def configure(self, generator, compiler, *settings, fails=False):
        return self.run_tool("cmake", "-G", generator, "-S", self.project, "-B", self.build,
                             f"-DCMAKE_CXX_COMPILER={compiler}", f"-DCMAKE_PREFIX_PATH={options.tree}/usr", *settings,
                             fails=fails)

    def make(self, *arguments):
        told = self.run_tool("cmake", "--build", self.build, "-j", 2, *arguments)
        self.assertNotIn("[platform-type]", told)
        return told

    def expect_it_runs(self, printed=PRINTED):
        self.assertEqual(self.run_tool(self.build / "lamp"), printed)

    def expect_a_flag_counts(self):
        self.assertNotIn("Generating", self.make(), "nothing changed")
        self.run_tool("cmake", "-DCONSUMER_MAKER=Lumen", self.build)
        self.assertIn("Generating", self.make(), "a flag has changed")
        self.expect_it_runs(PRINTED.replace("Candela & Sons", "Lumen"))


class Rule(Consumer):
    def test_gcc_ninja(self):
        self.configure("Ninja", "g++")
        self.make()
        self.expect_it_runs()
        for name in ("lamp.proto", "lamp.rpc.mock.h", "lamp.rpc.json"):
            self.assertTrue((self.stubs / name).exists(), name)
        self.expect_a_flag_counts()
        palette = self.project / "palette/palette.h"
        palette.write_text(palette.read_text().replace("blue = 0", "blue = 0, white = 0"))
        only_generate = ("--target", f"rpc/{STUBS[0]}")
        self.assertIn("Generating", self.make(*only_generate), "what the header includes has changed")
        self.assertIn("white", (self.stubs / STUBS[1]).read_text())
        (self.stubs / STUBS[1]).unlink()
        self.assertIn("Generating", self.make(*only_generate), "a file is gone")
        self.assertTrue((self.stubs / STUBS[1]).exists())

    def test_clang_make(self):
        self.configure("Unix Makefiles", options.clang)
        self.make()
        self.expect_it_runs()
        self.expect_a_flag_counts()

    def test_says_what_is_wrong(self):
        lists = self.project / "CMakeLists.txt"
        lists.write_text(lists.read_text().replace("EMIT proto mock json", "EMIT protobuf"))
        self.assertIn("EMIT knows proto, mock and json, not 'protobuf'", self.configure("Ninja", "g++", fails=True))


class Plugin(Consumer):
    def test_clang(self):
        self.configure("Ninja", options.clang, "-DCONSUMER_PLUGIN=ON")
        self.make()
        self.expect_it_runs()

    def test_make_alone(self):
        library = options.tree / "usr/lib"
        self.run_tool("make", "-j2", f"CXX={options.clang}", f"FARCALL_PLUGIN={library}/FarcallPlugin.so", folder=self.project,
                      environment={"PKG_CONFIG_PATH": f"{library}/pkgconfig"})
        self.assertEqual(self.run_tool(self.project / "lamp", environment={"LD_LIBRARY_PATH": str(library)}), PRINTED)
        again = self.run_tool("make", f"CXX={options.clang}", f"FARCALL_PLUGIN={library}/FarcallPlugin.so", folder=self.project,
                              environment={"PKG_CONFIG_PATH": f"{library}/pkgconfig"})
        self.assertNotIn("main.cpp", again)


class OtherWays(Consumer):
    """Configured, and generated from what the rule passes: compiling the runtime once more would show nothing new."""

    def generate(self):
        self.run_tool(options.tree / "usr/bin/farcall", "generate", f"@{self.build}/CMakeFiles/lamp.dir/lamp.farcall-")
        self.assertTrue((self.stubs / STUBS[0]).exists())

    def test_fetch_content(self):
        tool = options.tree / "usr/bin/farcall"
        self.configure("Ninja", "g++", f"-DCONSUMER_CHECKOUT={options.source}", f"-DFarcall_EXECUTABLE={tool}")
        self.assertIn(f"{tool} generate", (self.build / "build.ninja").read_text())
        self.generate()

    def test_cross_compiling_runs_the_tool_of_this_machine(self):
        tool = options.build / "bin/farcall"
        triple = self.run_tool("g++", "-dumpmachine").strip()
        self.configure("Ninja", "g++", "-DCMAKE_SYSTEM_NAME=Linux", f"-DCMAKE_LIBRARY_ARCHITECTURE={triple}",
                       f"-DFarcall_EXECUTABLE={tool}")
        self.assertIn(f"{tool} generate", (self.build / "build.ninja").read_text())
        self.assertIn(f"\n--target={triple}\n", (self.build / "CMakeFiles/lamp.dir/lamp.farcall-").read_text())
        self.generate()


class Linked(Case):
    """Linking a library beside the runtime is all that a program does, and links all that it needs."""

    def setUp(self):
        self.build = pathlib.Path(tempfile.mkdtemp(prefix="farcall-consumer-"))
        self.addCleanup(shutil.rmtree, self.build)

    def expect_it_prints(self, library, printed):
        source = options.source / "test/consumer/linked"
        self.run_tool("cmake", "-G", "Ninja", "-S", source, "-B", self.build, f"-DLIBRARY={library}",
                      f"-DCMAKE_PREFIX_PATH={options.tree}/usr")
        self.run_tool("cmake", "--build", self.build)
        self.assertRegex(self.run_tool(self.build / "linked"), printed)

        shared = options.tree / "usr/lib"
        flags = self.run_tool("pkg-config", "--cflags", "--libs", f"farcall-{library}",
                              environment={"PKG_CONFIG_PATH": f"{shared}/pkgconfig"}).split()
        self.run_tool("g++", "-std=c++20", source / f"{library}.cpp", *flags, "-o", self.build / "by_pkg_config")
        told = self.run_tool(self.build / "by_pkg_config", environment={"LD_LIBRARY_PATH": str(shared)})
        self.assertRegex(told, printed)

    def test_amqp(self):
        self.expect_it_prints("amqp", r"^connecting\nmalformed address .*: a host is missing")

    def test_tls(self):
        self.expect_it_prints("tls", r"^connecting\nTLS: none.pem: cannot be read: No such file or directory")

    def test_metrics(self):
        self.expect_it_prints("metrics", r"^http://127\.0\.0\.1:\d+/metrics\n$")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--build", "--source", "--tree"):
        parser.add_argument(name, required=True, type=lambda path: pathlib.Path(path).absolute())
    parser.add_argument("--clang", default="clang++-22")
    rest = parser.parse_known_args(namespace=options)[1]
    unittest.main(argv=[sys.argv[0], *rest], verbosity=2)
