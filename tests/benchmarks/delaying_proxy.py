"""A TCP relay on loopback that delays each direction, so that round trips can be counted by the clock.

The kernel accepts the connection itself at once: what the relay delays is one round trip less than a real distance
would, and budgets are counted so.
"""

import asyncio
import contextlib
import threading
from types import TracebackType
from typing import Self


class DelayingProxy:
    """Relays to one port; what comes in goes out a fixed time later, in order. Its end is that of its connections."""

    def __init__(self, port: int, delay: float) -> None:
        """Prepare the relay.

        Args:
            port: where on 127.0.0.1 the server listens.
            delay: seconds in each direction.
        """
        self._target = port
        self._delay = delay
        self._loop = asyncio.new_event_loop()
        self._left = asyncio.Event()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._relays: set[asyncio.Task[None]] = set()
        self._writers: set[asyncio.StreamWriter] = set()
        self.port = 0

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._left.set)
        self._thread.join()

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._left.wait()
        server.close()
        for writer in self._writers:
            writer.transport.abort()
        if self._relays:
            await asyncio.wait(self._relays)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        relay = self._loop.create_task(self._relay(reader, writer))
        self._relays.add(relay)
        relay.add_done_callback(self._relays.discard)

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.ExitStack() as ends:
            self._hold(writer, ends)
            with contextlib.suppress(OSError):
                up_reader, up_writer = await asyncio.open_connection("127.0.0.1", self._target)
                self._hold(up_writer, ends)
                if not self._left.is_set():
                    await asyncio.gather(self._pump(reader, up_writer), self._pump(up_reader, writer))

    def _hold(self, writer: asyncio.StreamWriter, ends: contextlib.ExitStack) -> None:
        self._writers.add(writer)
        ends.callback(writer.close)
        ends.callback(self._writers.discard, writer)

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        queue: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def deliver() -> None:
            while True:
                due, data = await queue.get()
                await asyncio.sleep(max(0.0, due - self._loop.time()))
                if not data:
                    with contextlib.suppress(OSError):
                        writer.write_eof()
                    return
                writer.write(data)

        delivery = self._loop.create_task(deliver())
        data = b"first"
        while data:
            try:
                data = await reader.read(1 << 16)
            except OSError:
                data = b""
            queue.put_nowait((self._loop.time() + self._delay, data))
        await delivery
