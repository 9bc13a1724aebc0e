#!/usr/bin/env python3
"""Makes docs/images/metrics.svg, the picture of docs/metrics.md, from a real run.

  metrics.py record PROGRAM     runs metrics_load for a minute, and keeps what its endpoint says in metrics.json
  metrics.py draw               draws metrics.json; the same samples give the same picture
"""

import json
import math
import pathlib
import re
import subprocess
import sys
import time
import urllib.request

HERE = pathlib.Path(__file__).parent
SAMPLES = HERE / "metrics.json"
PICTURE = HERE / "metrics.svg"
SECONDS = 60
KEPT = re.compile(r"(farcall_server_calls_total|farcall_server_call_seconds_bucket|farcall_queue_messages)\{")
SERIES = re.compile(r'^(\w+)\{(.*)\} (\S+)$')
COLOURS = ["#73bf69", "#5794f2", "#ff9830", "#f2495c", "#b877d9"]


# --- recording ------------------------------------------------------------------------------------------------------

def record(program):
    load = subprocess.Popen([program, str(SECONDS)], stdout=subprocess.PIPE, text=True)
    url = load.stdout.readline().strip()
    begin = time.monotonic()
    samples = []
    while load.poll() is None and len(samples) < SECONDS:
        time.sleep(max(0.0, begin + len(samples) - time.monotonic()))
        text = urllib.request.urlopen(url, timeout=5).read().decode()
        kept = dict(line.rsplit(" ", 1) for line in text.splitlines() if KEPT.match(line) and "home::" in line
                    or line.startswith("farcall_queue_messages"))
        values = {re.sub(r'queue="[^"]*",?', "", name): float(value) for name, value in kept.items()}
        samples.append({"at": round(time.monotonic() - begin, 3), "values": values})
    load.wait()
    write_samples(samples)


def write_samples(samples):
    """Names once, and of each sample what is not as in the one before, by the number of the name."""
    names = {}
    lines = []
    before = {}
    for sample in samples:
        changed = {name: value for name, value in sample["values"].items() if before.get(name) != value}
        before = sample["values"]
        numbered = {names.setdefault(name, len(names)): int(value) for name, value in changed.items()}
        lines.append(json.dumps({"at": sample["at"], "values": numbered}, separators=(",", ":")))
    SAMPLES.write_text('{"names": ' + json.dumps(list(names), indent=0) + ',\n"samples": [\n' + ",\n".join(lines) + "\n]}\n")


def read_samples():
    recorded = json.loads(SAMPLES.read_text())
    values = {}
    for sample in recorded["samples"]:
        values.update({recorded["names"][int(number)]: value for number, value in sample["values"].items()})
        yield sample["at"], dict(values)


# --- what the panels show -------------------------------------------------------------------------------------------

def parsed(values):
    for name, value in values.items():
        base, labels, _ = SERIES.match(f"{name} 0").groups()
        yield base, dict(re.findall(r'(\w+)="([^"]*)"', labels)), value


def rates(samples, wanted, label):
    """Per second, of what was counted, by what `label` gives: {name: [(time, value)]}."""
    series = {}
    before = None
    for at, values in samples:
        now = {}
        for base, labels, value in parsed(values):
            if wanted(base, labels):
                now[label(labels)] = now.get(label(labels), 0) + value
        if before is not None:
            for name in now:
                change = now[name] - before[1].get(name, 0)
                series.setdefault(name, []).append((at, change / (at - before[0])))
        before = (at, now)
    return series


def quantiles(samples, method, share):
    """As histogram_quantile() of Prometheus has it, over ten seconds."""
    looks = []
    for at, values in samples:
        buckets = {float(labels["le"]): value for base, labels, value in parsed(values)
                   if base.endswith("_bucket") and labels["method"] == method}
        looks.append((at, buckets))
    points = []
    for i, (at, buckets) in enumerate(looks):
        earlier = looks[max(0, i - 5)][1]
        counts = sorted((bound, value - earlier.get(bound, 0)) for bound, value in buckets.items())
        if not counts or counts[-1][1] == 0:
            continue
        wanted = share * counts[-1][1]
        lower, below = 0.0, 0.0
        for bound, up_to in counts:
            if up_to >= wanted and math.isfinite(bound):
                points.append((at, lower + (bound - lower) * (wanted - below) / max(up_to - below, 1e-9)))
                break
            lower, below = bound, up_to
    return points


def depths(samples):
    series = {}
    for at, values in samples:
        for base, labels, value in parsed(values):
            if base == "farcall_queue_messages" and labels["state"] == "waiting":
                series.setdefault(labels["box"], []).append((at, value))
    return series


# --- drawing --------------------------------------------------------------------------------------------------------

WIDTH, HEIGHT = 480, 230
LEFT, RIGHT, TOP, BOTTOM = 56, 22, 34, 44


def nice(value):
    """A round number not below it."""
    if value <= 0:
        return 1
    power = 10 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= value * 0.999999)


def seconds_text(value):
    for unit, factor in (("s", 1), ("ms", 1e-3), ("µs", 1e-6)):
        if value >= factor * 0.999999:
            return f"{value / factor:.3g} {unit}"
    return f"{value * 1e6:.3g} µs"


class Scale:
    def __init__(self, series, logarithmic):
        values = [value for points in series.values() for _, value in points]
        self.logarithmic = logarithmic
        if logarithmic:
            self.low = 10 ** math.floor(math.log10(min(values)))
            self.high = 10 ** math.ceil(math.log10(max(values)))
            self.marks = [self.low * 10 ** i for i in range(round(math.log10(self.high / self.low)) + 1)]
        else:
            self.low, self.high = 0, nice(max(values))
            self.marks = [self.high * i / 4 for i in range(5)]

    def place(self, value):
        if self.logarithmic:
            share = math.log(max(value, self.low) / self.low) / math.log(self.high / self.low)
        else:
            share = value / self.high
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def panel(x, y, title, series, text=lambda value: f"{value:g}", logarithmic=False):
    scale = Scale(series, logarithmic)
    across = lambda at: LEFT + at / SECONDS * (WIDTH - LEFT - RIGHT)
    out = [f'<g transform="translate({x},{y})">',
           f'<rect width="{WIDTH}" height="{HEIGHT}" rx="4" fill="#181b1f" stroke="#2c3235"/>',
           f'<text x="12" y="21" class="title">{title}</text>']
    for mark in scale.marks:
        height = scale.place(mark)
        out.append(f'<path d="M{LEFT} {height:.1f}H{WIDTH - RIGHT}" class="grid"/>'
                   f'<text x="{LEFT - 6}" y="{height + 4:.1f}" text-anchor="end">{text(mark)}</text>')
    for at in range(0, SECONDS + 1, 10):
        out.append(f'<path d="M{across(at):.1f} {TOP}V{HEIGHT - BOTTOM}" class="grid"/>'
                   f'<text x="{across(at):.1f}" y="{HEIGHT - BOTTOM + 15}" text-anchor="middle">{at} s</text>')
    legend = LEFT
    for colour, (name, points) in zip(COLOURS, series.items()):
        path = " ".join(f"{across(at):.1f},{scale.place(value):.1f}" for at, value in points)
        out.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.6"/>'
                   f'<rect x="{legend}" y="{HEIGHT - 17}" width="12" height="3" fill="{colour}"/>'
                   f'<text x="{legend + 17}" y="{HEIGHT - 12}">{name}</text>')
        legend += 30 + 7 * len(name)
    return "\n".join(out + ["</g>"])


def draw():
    samples = list(read_samples())
    is_calls = lambda base, labels: base == "farcall_server_calls_total"
    calls = rates(samples, is_calls, lambda labels: labels["method"])
    calls = {name: points for name, points in calls.items() if any(value for _, value in points)}
    errors = rates(samples, lambda base, labels: is_calls(base, labels) and labels["code"] != "ok",
                   lambda labels: f'{labels["method"]}, {labels["code"]}')
    latencies = {f"{method} p{round(share * 100)}": quantiles(samples, method, share)
                 for method in ("target", "history") for share in (0.5, 0.99)}
    gap = 10
    panels = [panel(gap, gap, "Calls per second", calls),
              panel(WIDTH + 2 * gap, gap, "Latency", latencies, seconds_text, True),
              panel(gap, HEIGHT + 2 * gap, "Errors per second", errors or {"none": [(0, 0), (SECONDS, 0)]}),
              panel(WIDTH + 2 * gap, HEIGHT + 2 * gap, "Messages that wait", depths(samples))]
    width, height = 2 * WIDTH + 3 * gap, 2 * HEIGHT + 3 * gap
    PICTURE.write_text(f'''<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">
<style>text {{ font: 11px sans-serif; fill: #9fa7b3 }} .title {{ font-size: 13px; fill: #d8d9da }} .grid {{ stroke: #2c3235 }}</style>
<rect width="{width}" height="{height}" fill="#111217"/>
''' + "\n".join(panels) + "\n</svg>\n")


def main():
    if sys.argv[1:2] == ["record"] and len(sys.argv) == 3:
        record(sys.argv[2])
    elif sys.argv[1:] != ["draw"]:
        sys.exit(__doc__)
    draw()


main()
