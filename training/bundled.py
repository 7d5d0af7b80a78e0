"""The figures on the cards of the bundled models as a Markdown table: python3 training/bundled.py"""

import json
from pathlib import Path

MODELS = Path(__file__).resolve().parent.parent / "public/models"
COLUMNS = ("id", "accuracy", "parameters", "MACs", "recommended sigma", "beside the ordinary model")


def beside(card: dict) -> str:
    """Both mean p_robust where the ordinary model's is about a half."""
    found = card.get("comparison")
    if found is None:
        return ""
    own, other = found["meanPRobust"], found["ordinaryMeanPRobust"]
    error = found["difference"]["stdErr"]
    return f"{own['mean']:.3f} for {other['mean']:.3f} at sigma {found['sigma']} (difference ± {error:.3f})"


def row(card: dict) -> tuple[str, ...]:
    accuracy, sigma = card["accuracy"]["percent"], card["sigma"]
    return (
        f"`{card['id']}`",
        f"{accuracy:.2f} %" if accuracy is not None else "not measured",
        f"{card['parameters']:,}".replace(",", " "),
        f"{card['macs']:,}".replace(",", " "),
        f"{sigma['min']} to {sigma['max']}",
        beside(card),
    )


def main() -> None:
    ids = [entry["id"] for entry in json.loads((MODELS / "index.json").read_text())["models"]]
    rows = [row(json.loads((MODELS / id / "card.json").read_text())) for id in ids]
    for cells in (COLUMNS, tuple("---" for _ in COLUMNS), *rows):
        print(f"| {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
