"""Histories at size: `python -m bench.histories [--records 10000] [--clients 1000] [--home DIR]`.

One client with very many records, asked for over HTTP (`GET /v1/clients/ID/history`, the report, the status page), and many clients of a dozen
records each, all of them in one pass for the churn report and the deadlines.  The records are written from a seed as mails, letters and
tables, and taken in by `casetrail ingest`: facts, threads and copies are those that the readers find.  What is timed is a server in a
process of its own, with its resident memory.  A home that holds the records is used again.
"""
from __future__ import annotations

import argparse
import csv
import io
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import httpx
import psutil

SEED = 7
BIG = "C-0000"
_FIRST = date(2021, 1, 4)
_OPENINGS = (
    "the queue was long again on Monday and our customers noticed it", "please find the figures of the week below", "thank you for the call this morning",
    "we are not happy with the answer times of the evening shift", "the training of the new agents begins next week",
    "could you send the minutes of the review", "your invoice of last month is approved", "the new script works well in the second line",
    "we need an answer on the credit for March", "the price of the extra hours is too high for us")
_SUBJECTS = ("Weekly figures", "Queue on Monday", "Training", "Review", "Invoice", "Script", "Answer times", "Rota", "Holiday cover", "Quality sample")


def day(dice: random.Random, years: int = 4) -> date:
    return _FIRST + timedelta(days=dice.randrange(365 * years))


def mail(number: int, client: str, dice: random.Random, subject: str, body: str, on: date, reply_to: int | None) -> str:
    ours, theirs = "Ada Field <ada.field@provider.example>", f"Jo Marsh <jo.marsh@{client.lower()}.example>"
    sender, to = (ours, theirs) if dice.random() < 0.5 else (theirs, ours)
    reply = f"In-Reply-To: <{reply_to}@{client.lower()}.example>\n" if reply_to is not None else ""
    return (f"From: {sender}\nTo: {to}\nSubject: {subject}\nDate: {on:%a, %d %b %Y} {8 + number % 10:02d}:{number % 60:02d}:00 +0000\n"
            f"Message-ID: <{number}@{client.lower()}.example>\n{reply}MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n{body}\n")


def mails(client: str, count: int, dice: random.Random) -> Iterator[str]:
    subject, start = "", 0
    for number in range(count):
        if number % 4 == 0:
            subject, start = f"{dice.choice(_SUBJECTS)} {number}", number
        words = ". ".join(dice.choice(_OPENINGS).capitalize() for _ in range(dice.randint(2, 6)))
        body = f"Dear all,\n\n{words}. Reference {client}/{number}.\n\nRegards\n"
        yield mail(number, client, dice, subject if number == start else f"Re: {subject}", body, day(dice), start if number != start else None)


CONTRACT = """MASTER SERVICES AGREEMENT {client}-MSA

This Agreement is made on {begins} between {name} (the Customer) and Provider Contact Centres Limited (the Supplier).

1. Term. This Agreement begins on {begins} and runs for an initial term of thirty-six (36) months. It renews for twelve (12) months unless either party gives
ninety (90) days' written notice before the end of the term.

12. Termination. Either party may terminate this Agreement for convenience by giving not less than ninety (90) days' written notice, counted from receipt.

13. Notices are sent by registered post or by hand. A notice sent by registered post is deemed received two business days after posting.

14. Within thirty (30) days after the end the Supplier returns or deletes all data of the Customer.

20. Governing law. This Agreement is governed by the laws of England and Wales.
"""
NOTICE = """{name}

By registered post

{on}

Provider Contact Centres Limited

Notice of termination of {client}-MSA

Dear Sirs,

we hereby give notice of termination of the Agreement {client}-MSA with effect from {end}. We leave because {why}.

Yours faithfully
{name}
"""


def contract(client: str, name: str, begins: date) -> str:
    return CONTRACT.format(client=client, name=name, begins=f"{begins:%-d %B %Y}")


def notice(client: str, name: str, on: date, why: str) -> str:
    return NOTICE.format(client=client, name=name, on=f"{on:%-d %B %Y}", end=f"{on + timedelta(days=120):%-d %B %Y}", why=why)


def ledger(client: str, rows: int, dice: random.Random) -> str:
    out = io.StringIO()
    written = csv.writer(out)
    written.writerow(["Date", "Type", "Reference", "Description", "Debit", "Credit", "Balance"])
    balance = 0
    for n in range(rows):
        on, sum_ = _FIRST + timedelta(days=14 * n), dice.randrange(500, 9000)
        if n % 2 == 0:
            balance += sum_
            written.writerow([on.isoformat(), "Invoice", f"INV-{client[2:]}-{n:04d}", "Services", f"{sum_}.00", "", f"{balance}.00"])
        else:
            written.writerow([on.isoformat(), "Payment", f"PAY-{n:04d}", "Payment received", "", f"{balance}.00", "0.00"])
            balance = 0
    return out.getvalue()


_WHY = ("your prices have become too high for us", "the quality of the service has fallen for months", "we will take the service back in house",
        "we have chosen another provider", "our volumes have fallen")


def write_drop(folder: Path, records: int, clients: int) -> Path:
    """Write the drop and the directory beside it; return the drop."""
    dice, drop = random.Random(SEED), folder / "drop"
    names = {BIG: "Great Harbour Lines Limited"} | {f"C-{n:04d}": f"Customer Number {n} Limited" for n in range(1, clients + 1)}
    with (folder / "directory.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["client_id", "legal_name", "trading_names", "account_numbers", "email_domains", "contacts", "contract_numbers", "status", "currency"])
        rows.writerows([i, name, "", "", f"{i.lower()}.example", "", f"{i}-MSA", "", "GBP"] for i, name in names.items())
    for client, name in names.items():
        place = drop / client
        place.mkdir(parents=True)
        own = records - 5 if client == BIG else 6
        (place / "agreement.txt").write_text(contract(client, name, day(dice, 1)), "utf-8")
        if client == BIG or dice.random() < 0.8:
            (place / "notice.txt").write_text(notice(client, name, day(dice), dice.choice(_WHY)), "utf-8")
        (place / "ledger.csv").write_text(ledger(client, 200 if client == BIG else 12, dice), "utf-8")
        with (place / "mails.mbox").open("w", encoding="utf-8") as box:
            for text in mails(client, own, dice):
                box.write(f"From x@x.example Mon Jan  4 00:00:00 2021\n{text}\n")
    return drop


def percentile(seconds: list[float], part: float) -> float:
    return sorted(seconds)[min(len(seconds) - 1, int(part * len(seconds)))]


def told(name: str, seconds: list[float], size: int = 0) -> None:
    middle, late = statistics.median(seconds) * 1000, percentile(seconds, 0.95) * 1000
    print(f"  {name:<56} p50 {middle:>7.0f} ms   p95 {late:>7.0f} ms   {size / 1e6:>6.1f} MB", flush=True)


class Served:
    """`casetrail serve` in a process of its own, and what it holds in memory."""

    def __init__(self, environment: dict[str, str], port: int) -> None:
        command = [sys.executable, "-m", "casetrail.main", "serve", "--port", str(port)]
        self._process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=600, trust_env=False)
        for _ in range(300):
            try:
                self.client.get("/healthz")
                return
            except httpx.TransportError:
                time.sleep(0.1)
        raise SystemExit("bench: the server does not answer")

    def ask(self, path: str) -> tuple[float, int]:
        began = time.perf_counter()
        answer = self.client.get(path)
        if answer.status_code != 200:
            raise SystemExit(f"bench: {path} answers {answer.status_code}: {answer.text[:300]}")
        return time.perf_counter() - began, len(answer.content)

    def memory(self) -> tuple[float, float]:
        """Return resident memory now and at its peak, in MB."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        peak = int(status.split("VmHWM:")[1].split()[0]) / 1000
        return psutil.Process(self._process.pid).memory_info().rss / 1e6, peak

    def cpu_seconds(self) -> float:
        used = psutil.Process(self._process.pid).cpu_times()
        return used.user + used.system

    def close(self) -> None:
        self.client.close()
        self._process.terminate()
        self._process.wait()


def run(home: Path, records: int, clients: int, rounds: int, port: int) -> None:
    environment = {**os.environ, "CASETRAIL_HOME": str(home / "home")}
    casetrail = [sys.executable, "-m", "casetrail.main"]
    if not (home / "done").is_file():
        drop = write_drop(home, records, clients)
        began = time.perf_counter()
        subprocess.run([*casetrail, "clients", "import", str(home / "directory.csv")], env=environment, check=True, stdout=subprocess.DEVNULL)
        subprocess.run([*casetrail, "ingest", str(drop)], env=environment, check=True, stdout=subprocess.DEVNULL)
        print(f"taken in: {time.perf_counter() - began:.0f} s")
        (home / "done").touch()
    server = Served(environment, port)
    try:
        at_start, _ = server.memory()
        held = server.client.get(f"/v1/clients/{BIG}").json()["records"]["total"]
        print(f"one client with {held} records, {rounds} requests each")
        before = server.cpu_seconds()
        first, size = server.ask(f"/v1/clients/{BIG}/history")
        told(f"history, for the first time ({server.cpu_seconds() - before:.1f} s of CPU)", [first], size)
        told("history, again", [server.ask(f"/v1/clients/{BIG}/history")[0] for _ in range(rounds)], size)
        (home / "late.eml").write_text(mail(10_000_000 + int(time.time()), BIG, random.Random(), "Late", f"Late mail of {time.time()}.", _FIRST, None), "utf-8")
        subprocess.run([*casetrail, "ingest", str(home / "late.eml")], env=environment, check=True, stdout=subprocess.DEVNULL)
        told("history, after a change", [server.ask(f"/v1/clients/{BIG}/history")[0]], size)
        for path in ("status", "win-back", "disputes", "report?format=html"):
            asked = [server.ask(f"/v1/clients/{BIG}/{path}") for _ in range(2)]
            told(path, [seconds for seconds, _ in asked], asked[0][1])
        now, peak = server.memory()
        print(f"  resident: {at_start:.0f} MB at start, {now:.0f} MB now, {peak:.0f} MB at its peak\n")
        number = len(json.loads(server.client.get("/v1/clients").text)["clients"])
        print(f"all {number} clients in one pass")
        for path in ("/v1/churn", "/v1/deadlines"):
            before = server.cpu_seconds()
            seconds, size = server.ask(path)
            told(f"{path}, for the first time ({server.cpu_seconds() - before:.1f} s of CPU)", [seconds], size)
            told(f"{path}, again", [server.ask(path)[0] for _ in range(3)], size)
        print(f"  resident: {server.memory()[0]:.0f} MB now, {server.memory()[1]:.0f} MB at its peak")
    finally:
        server.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--clients", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--home", type=Path, help="a folder to keep; a new one otherwise")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="casetrail-histories-") as temporary:
        home = options.home or Path(temporary)
        home.mkdir(parents=True, exist_ok=True)
        run(home, options.records, options.clients, options.rounds, options.port)
    return 0


if __name__ == "__main__":
    sys.exit(main())
