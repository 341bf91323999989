"""Environments of Gym and Gymnasium by name: the shape of what is observed, and the actions."""

import re

# What an agent does: one of so many actions, or so many numbers.
_CHOICES, _NUMBERS = "choices", "numbers"

# (name, versions, observation, kind of action, how many): an observation is one of so many states, or of that shape.
_ROWS = [
    ("CartPole", "01", (4,), _CHOICES, 2),
    ("MountainCar", "0", (2,), _CHOICES, 3),
    ("MountainCarContinuous", "0", (2,), _NUMBERS, 1),
    ("Pendulum", "01", (3,), _NUMBERS, 1),
    ("Acrobot", "1", (6,), _CHOICES, 3),
    ("LunarLander", "23", (8,), _CHOICES, 4),
    ("LunarLanderContinuous", "23", (8,), _NUMBERS, 2),
    ("BipedalWalker", "23", (24,), _NUMBERS, 4),
    ("BipedalWalkerHardcore", "23", (24,), _NUMBERS, 4),
    ("CarRacing", "0123", (96, 96, 3), _NUMBERS, 3),
    ("FrozenLake", "01", 16, _CHOICES, 4),
    ("FrozenLake8x8", "01", 64, _CHOICES, 4),
    ("CliffWalking", "01", 48, _CHOICES, 4),
    ("Taxi", "23", 500, _CHOICES, 6),
    ("HalfCheetah", "12345", (17,), _NUMBERS, 6),
    ("Hopper", "12345", (11,), _NUMBERS, 3),
    ("Walker2d", "12345", (17,), _NUMBERS, 6),
    ("Swimmer", "12345", (8,), _NUMBERS, 2),
    ("Ant", "123", (111,), _NUMBERS, 8),
    ("Ant", "4", (27,), _NUMBERS, 8),
    ("Ant", "5", (105,), _NUMBERS, 8),
    ("Humanoid", "1234", (376,), _NUMBERS, 17),
    ("Humanoid", "5", (348,), _NUMBERS, 17),
    ("HumanoidStandup", "1234", (376,), _NUMBERS, 17),
    ("HumanoidStandup", "5", (348,), _NUMBERS, 17),
    ("InvertedPendulum", "1245", (4,), _NUMBERS, 1),
    ("InvertedDoublePendulum", "124", (11,), _NUMBERS, 1),
    ("InvertedDoublePendulum", "5", (9,), _NUMBERS, 1),
    ("Reacher", "124", (11,), _NUMBERS, 2),
    ("Reacher", "5", (10,), _NUMBERS, 2),
    ("Pusher", "245", (23,), _NUMBERS, 7),
]

# Games of the Atari 2600 and the actions that do something in them.
_GAMES = {
    "Alien": 18, "Assault": 7, "Asterix": 9, "Atlantis": 4, "BankHeist": 18, "BeamRider": 9, "Boxing": 18,
    "Breakout": 4, "Enduro": 9, "Freeway": 3, "MsPacman": 9, "Pong": 6, "Qbert": 6, "Seaquest": 18,
    "SpaceInvaders": 6,
}  # fmt: skip
_GAME = re.compile(r"(?:(\w+?)(?:NoFrameskip|Deterministic)?-v[04]|ALE/(\w+)-v5)")

# Options of `make` that change nothing of what is observed or done.
_HARMLESS = {
    "render_mode", "max_episode_steps", "autoreset", "disable_env_checker", "apply_api_compatibility", "new_step_api",
    "is_slippery",
}  # fmt: skip


def spaces_of(name, options):
    """(observation, kind of action, how many); None where nobody knows."""
    if not set(options) <= _HARMLESS:
        return None
    short, _, version = name.rpartition("-v")
    for row in _ROWS:
        if row[0] == short and version in row[1] and len(version) == 1:
            return row[2:]
    found = _GAME.fullmatch(name)
    actions = _GAMES.get(found.group(1) or found.group(2)) if found else None
    return None if actions is None else ((210, 160, 3), _CHOICES, actions)
