"""``python -m tests.fire --kills 300 --seed 1``: exit code 1 when anything was lost, half done or told twice."""

import argparse
import secrets
import sys

from tests.fire.campaign import campaign


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fire", description=__doc__)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=None, help="which processes and when; told, to be run again")
    parser.add_argument("--officers", type=int, default=4)
    options = parser.parse_args()
    seed = secrets.randbelow(1_000_000) if options.seed is None else options.seed
    print(f"Seed {seed}.", flush=True)
    outcome = campaign(kills=options.kills, seed=seed, officers=options.officers)
    print(outcome)
    return bool(outcome.faults)


if __name__ == "__main__":
    sys.exit(main())
