def show_weights(weights, name, expected, layer):
    """Draws numbers as a histogram against the density of what they were expected to be drawn from."""
    import math

    from IPython.display import display

    values = [float(value) for value in weights]
    finite = [value for value in values if math.isfinite(value)]
    assert finite, f"{name} holds no finite number to show"
    low, high = min(finite), max(finite)
    mean = math.fsum(finite) / len(finite)
    std = math.sqrt(math.fsum((value - mean) ** 2 for value in finite) / len(finite))

    # A histogram of 50 bars, scaled to a density: its area is 1.
    width = (high - low) / 50 or 1.0
    counts = [0] * 50
    for value in finite:
        counts[min(int((value - low) / width), 49)] += 1
    bars = [(low + i * width, n / (len(finite) * width)) for i, n in enumerate(counts)]

    def density(x):
        """What the layer was expected to draw from; None where that is not known."""
        kind = expected["kind"]
        if kind == "uniform":
            return (expected["low"] <= x <= expected["high"]) / (expected["high"] - expected["low"])
        if kind not in ("normal", "truncated_normal"):
            return None
        mu, sigma = expected["mean"], expected.get("scale", expected["std"])
        bell = math.exp(-(((x - mu) / sigma) ** 2) / 2) / (sigma * math.sqrt(2 * math.pi))
        if kind == "normal":
            return bell
        below = lambda limit: (1 + math.erf((limit - mu) / sigma / math.sqrt(2))) / 2
        return (expected["low"] <= x <= expected["high"]) * bell / (below(expected["high"]) - below(expected["low"]))

    grid = [low + (high - low) * i / 200 for i in range(201)]
    curve = [(x, y) for x in grid if (y := density(x)) is not None]
    question = f"What values does {name} hold now?"
    answer = f"{len(finite):,} values from {low:.4g} to {high:.4g}, mean {mean:.4g}, std {std:.4g}"
    answer += f" (expected {expected['std']:.4g})." if expected.get("std") is not None else "."
    if len(finite) < len(values):
        answer += f" {len(values) - len(finite):,} more are not finite."

    result = {"count": len(finite), "mean": mean, "std": std, "min": low, "max": high, "method": "read"}
    result["histogram"] = {"low": low, "high": high, "counts": counts}
    draw = {"role": "actual", "label": name, "distribution": expected, "result": result}
    payload = {"version": 1, "chart": "histogram", "layer": layer, "draws": [draw]}

    x = {"field": "x", "type": "quantitative", "title": "value", "scale": {"zero": False}}
    y = {"field": "y", "type": "quantitative", "title": "density"}
    vega_lite = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": {"text": question, "subtitle": answer, "anchor": "start"},
        "description": answer,
        "background": "white",
        "width": 480,
        "layer": [
            {
                "data": {"values": [{"x": at, "to": at + width, "y": height} for at, height in bars]},
                "mark": {"type": "bar", "color": "#1668b0"},
                "encoding": {"x": {**x, "bin": "binned"}, "x2": {"field": "to"}, "y": y},
            },
            {
                "data": {"values": [{"x": at, "y": height} for at, height in curve]},
                "mark": {"type": "line", "color": "#1f2328"},
                "encoding": {"x": x, "y": y},
            },
        ],
    }

    # The same picture without any script, for GitHub and printed pages: 480 × 160 from (60, 56).
    top = max(height for _, height in bars + curve) or 1.0
    place = lambda at, height: f"{60 + 480 * (at - low) / ((high - low) or 1.0):.1f},{216 - 160 * height / top:.1f}"
    boxes = "".join(f"M{place(at, 0)}L{place(at, height)}L{place(at + width, height)}L{place(at + width, 0)}Z" for at, height in bars)
    line = " ".join(place(at, height) for at, height in curve)
    text = '<text x="{}" y="{}" font-size="{}" fill="{}">{}</text>'.format
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 560 250" width="560" height="250" role="img"'
        f' font-family="sans-serif"><title>{question}</title><desc>{answer}</desc>'
        f'<rect width="560" height="250" fill="#ffffff"/><path d="{boxes}" fill="#1668b0" stroke="#ffffff"/>'
        f'<polyline points="{line}" fill="none" stroke="#1f2328" stroke-width="2"/>'
        + text(12, 22, 15, "#1f2328", question) + text(12, 42, 12, "#57606a", answer)
        + text(60, 236, 11, "#57606a", f"{low:.4g}") + text(500, 236, 11, "#57606a", f"{high:.4g}") + "</svg>"
    )
    display(
        {
            "application/vnd.init-lens.v1+json": payload,
            "application/vnd.vegalite.v5+json": vega_lite,
            "image/svg+xml": svg,
            "text/plain": f"{question} {answer}",
        },
        raw=True,
    )
