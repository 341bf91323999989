import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../src/analysis.js";

const layersOf = (text: string) =>
  analyse({ file: "/project/model.py", cells: [{ index: null, text }] }, { read: () => null }).layers.map(
    ({ name, parameters: [weight], calls }) => `${name} ${weight?.shape} for ${calls?.[0]?.call}`,
  );

const BUILDER = `
from keras.layers import Dense, Input
from keras.models import Model

def head(units):
    def apply(x):
        return Dense(units, name="head")(x)
    return apply

class Builder:
    @staticmethod
    def build(width, classes):
        x = Input((width,))
        x = Dense(64, name="stem")(x)
        return Model(x, head(classes)(x))
    @staticmethod
    def build_small(classes):
        return Builder.build(16, classes)
`;

test("a class of builders: the method that calls the others is called, and what they make is told", () => {
  assert.deepEqual(layersOf(BUILDER), [
    "head 64,classes for Builder.build_small(classes)",
    "stem 16,64 for Builder.build_small(classes)",
  ]);
});

test("so is a method of an object, with what its class must be given", () => {
  const text = `
import torch.nn as nn
class Agent:
    def __init__(self, states):
        self.states = states
    def make(self, hidden):
        return nn.Sequential(nn.Linear(self.states, hidden), nn.Tanh())
`;
  assert.deepEqual(layersOf(text), [" hidden,states for Agent(states).make(hidden)"]);
});

test("no method is called where every layer is made anyway, nor one of a layer", () => {
  const called = `${BUILDER}\nmodel = Builder.build(4, 2)\n`;
  assert.deepEqual(layersOf(called), [
    "head 64,2 for Builder.build(4, 2)",
    "stem 4,64 for Builder.build(4, 2)",
  ]);
  const layer = `
import torch.nn as nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(2, 3)
    def widen(self, width):
        self.fc = nn.Linear(2, width)
`;
  assert.deepEqual(layersOf(layer), ["fc 3,2 for Net()"]);
});

test("a function that a decorator wraps in itself is called as it is written", () => {
  const text = `import functools
import torch
def itself(fn):
    return functools.wraps(fn)(fn)
@itself
def make(width):
    return torch.nn.Linear(width, 4)
`;
  const { layers } = analyse({ file: "/m.py", cells: [{ index: null, text }] }, { read: () => null });
  assert.deepEqual(
    layers.map(({ parameters }) => parameters[0]!.shape),
    [[4, "width"]],
  );
});

test("a method that needs what is None by default is called on an object that has it", () => {
  const text = `
import numpy as np
class Dense:
    def __init__(self, units, input_shape=None):
        self.units = units
        self.input_shape = input_shape
    def initialize(self):
        limit = 1 / np.sqrt(self.input_shape[0])
        self.W = np.random.uniform(-limit, limit, (self.input_shape[0], self.units))
`;
  assert.deepEqual(layersOf(text), ["W input_shape[0],units for Dense(units, …).initialize()"]);
});
