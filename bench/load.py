"""A small closed-loop load: each connection asks again as soon as its answer is whole.

It runs in a process of its own (`python -m bench.load`) and prints one line of JSON, so that it
shares no interpreter with what it measures.
"""

from __future__ import annotations

import argparse
import json
import selectors
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlsplit

# Makes every address different, so that no cache can have it: /buurten/?fresh={fresh}
FRESH = "{fresh}"


@dataclass(frozen=True)
class Load:
    """What came back: requests per second, p50 and p95 in milliseconds, bytes of one answer."""

    per_second: float
    p50_ms: float
    p95_ms: float
    size: int
    failed: int


class Connection:
    """One keep-alive connection that sends a request and reads the answer to its end."""

    def __init__(self, host: str, port: int) -> None:
        self.socket = socket.create_connection((host, port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""
        self.began = 0.0

    def ask(self, request: bytes) -> None:
        self.buffer = b""
        self.began = time.perf_counter()
        self.socket.sendall(request)

    def answer(self) -> bytes | None:
        """Return the whole answer, or None while more must come."""
        piece = self.socket.recv(262_144)
        if not piece:
            raise ConnectionError("The server closed the connection.")
        self.buffer += piece
        head, found, body = self.buffer.partition(b"\r\n\r\n")
        if not found:
            return None
        length = int(head.lower().split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
        return self.buffer if len(body) >= length else None


def request_for(url: str, headers: dict[str, str], number: int) -> bytes:
    parts = urlsplit(url.replace(FRESH, str(number)))
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    lines = [f"GET {target} HTTP/1.1", f"Host: {parts.netloc}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def run(url: str, *, seconds: float, connections: int, headers: dict[str, str]) -> Load:
    """Ask `url` over and over for `seconds` on so many connections at once."""
    host, port = urlsplit(url).hostname or "", urlsplit(url).port or 80
    numbers = count(time.time_ns() % 1_000_000_000)
    watch = selectors.DefaultSelector()
    for _ in range(connections):
        connection = Connection(host, port)
        watch.register(connection.socket, selectors.EVENT_READ, connection)
        connection.ask(request_for(url, headers, next(numbers)))
    latencies, failed, size = [], 0, 0
    began = time.perf_counter()
    while time.perf_counter() - began < seconds:
        for key, _events in watch.select():
            answer = key.data.answer()
            if answer is None:
                continue
            latencies.append((time.perf_counter() - key.data.began) * 1000)
            failed += not answer.startswith(b"HTTP/1.1 200")
            size = len(answer)
            key.data.ask(request_for(url, headers, next(numbers)))
    return summary(latencies, time.perf_counter() - began, size, failed)


def summary(latencies: list[float], seconds: float, size: int, failed: int) -> Load:
    ordered = sorted(latencies)
    return Load(
        per_second=len(ordered) / seconds,
        p50_ms=ordered[len(ordered) // 2],
        p95_ms=ordered[int(len(ordered) * 0.95)],
        size=size,
        failed=failed,
    )


def measure(
    url: str, *, seconds: float = 3, connections: int = 4, headers: dict[str, str] | None = None
) -> Load:
    """Run the load in a process of its own."""
    arguments = [url, f"--seconds={seconds}", f"--connections={connections}"]
    arguments += [f"--header={name}:{value}" for name, value in (headers or {}).items()]
    done = subprocess.run(
        [sys.executable, "-m", "bench.load", *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    return Load(**json.loads(done.stdout))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--connections", type=int, default=4)
    parser.add_argument("--header", action="append", default=[])
    given = parser.parse_args()
    headers = dict(header.split(":", 1) for header in given.header)
    load = run(given.url, seconds=given.seconds, connections=given.connections, headers=headers)
    print(json.dumps(vars(load)))


if __name__ == "__main__":
    main()
