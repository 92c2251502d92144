"""The web server and the worker that reads documents, started and stopped together."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

PROGRAMS = Path(sys.executable).parent
STOP_SECONDS = 10


class Command(BaseCommand):
    help = "Chạy máy chủ web và bộ xử lý việc nền (đọc văn bản)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *_args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        _refuse_busy(host, port)
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        running = [subprocess.Popen(program) for program in _programs(host, port)]  # noqa: S603 - our own programs
        self.stdout.write(f"Đôn Đốc đang chạy tại http://{host}:{port} (Ctrl+C để dừng).")
        try:
            ended = _wait_for_one(running)
        except KeyboardInterrupt:
            ended = None
        finally:
            _stop(running)
        if ended is not None:
            raise CommandError(f"Một tiến trình đã dừng (mã {ended}); xem thông báo ở trên rồi chạy lại.")


def _programs(host: str, port: int) -> list[list[str]]:
    """The two command lines. One interpreter serves a small office; more come with --workers of the server itself."""
    server = [
        str(PROGRAMS / "granian"),
        "--interface",
        "wsgi",
        "--blocking-threads",
        "4",
        "--host",
        host,
        "--port",
        str(port),
        "--no-ws",
        "--log-level",
        "warning",
    ]
    worker = [str(PROGRAMS / "dondoc"), "db_worker", "--interval", "0.5"]
    return [[*server, "config.wsgi:application"], worker]


def _refuse_busy(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Cổng {port} đang bận. Dừng chương trình đang dùng cổng này hoặc chọn cổng khác: --port."
            ) from error


def _wait_for_one(running: Sequence[subprocess.Popen[bytes]]) -> int:
    """The exit code of the first program that ends."""
    while True:
        for program in running:
            if (code := program.poll()) is not None:
                return code
        time.sleep(0.3)


def _stop(running: Sequence[subprocess.Popen[bytes]]) -> None:
    for program in running:
        if program.poll() is None:
            program.terminate()
    for program in running:
        try:
            program.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            program.kill()
