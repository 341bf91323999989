class Random:
    def __init__(self, x=None):
        pass

    def seed(self, a=None, version=2):
        pass

    def getstate(self):
        return None

    def setstate(self, state):
        pass

    def random(self):
        return unknown("random")

    def uniform(self, a, b):
        return unknown("uniform")

    gauss = normalvariate = lognormvariate = betavariate = triangular = uniform

    def randint(self, a, b):
        return unknown("randint")

    def randrange(self, start, stop=None, step=1):
        return unknown("randrange")

    def getrandbits(self, k):
        return unknown("getrandbits")

    def choice(self, seq):
        return unknown("choice")

    def choices(self, population, weights=None, *, cum_weights=None, k=1):
        return [unknown("choice") for _ in range(k)]

    def sample(self, population, k, *, counts=None):
        return [unknown("sample") for _ in range(k)]

    def shuffle(self, x):
        for index in range(len(x)):
            x[index] = unknown("shuffled item")


SystemRandom = Random
_shared = Random()
seed = _shared.seed
random = _shared.random
uniform = _shared.uniform
gauss = _shared.gauss
normalvariate = _shared.normalvariate
betavariate = _shared.betavariate
randint = _shared.randint
randrange = _shared.randrange
getrandbits = _shared.getrandbits
choice = _shared.choice
choices = _shared.choices
sample = _shared.sample
shuffle = _shared.shuffle
getstate = _shared.getstate
setstate = _shared.setstate
