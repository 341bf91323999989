import { eachObservation } from "./observed.js";
import type { Rule } from "./rule.js";

/** Layers in a plain list. */
const unregistered = eachObservation(
  "unregistered",
  ({ attribute, count }) =>
    `self.${attribute} is a plain list: its ${count} layers are no part of the module, so apply and parameters() do not reach them, and no optimizer trains them. Use nn.ModuleList.`,
);

/** A part that came after the optimizer. */
const leftBehind = eachObservation(
  "left_behind",
  ({ name }) =>
    `${name} is replaced after the optimizer was made: it keeps the old weights, and these are never trained. Make the optimizer afterwards.`,
);

/** Weights that no optimizer has. */
export const UNTRAINED_RULES: readonly Rule[] = [
  {
    code: "IL030",
    severity: "warning",
    title: "layers in a plain list",
    why: "A module finds its parts where they are attributes or in nn.ModuleList, nn.ModuleDict and nn.Sequential. Layers in a list, a tuple or a dictionary of Python keep the framework's default whatever function is applied, stay on their device, are in no checkpoint, and are not among parameters().",
    found: `class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = [nn.Linear(64, 64) for _ in range(4)]
net = Net()`,
    fine: `class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(64, 64) for _ in range(4)])
net = Net()`,
    history: [
      { issue: "twitter/the-algorithm-ml#136", what: "the layers of a perceptron were in a plain list" },
      {
        issue: "asyml/texar-pytorch#72",
        what: "a merging layer's parameters were missing among the trained",
      },
    ],
    find: unregistered,
  },
  {
    code: "IL031",
    severity: "warning",
    title: "a part that the optimizer does not have",
    why: "An optimizer keeps the tensors it was given. A layer or a parameter that is put into the model afterwards is another tensor: it gets gradients, and nothing ever changes it.",
    found: `model = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10))
optimizer = torch.optim.Adam(model.parameters())
model[2] = nn.Linear(64, 2)
optimizer.step()`,
    fine: `model = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10))
model[2] = nn.Linear(64, 2)
optimizer = torch.optim.Adam(model.parameters())
optimizer.step()`,
    history: [
      {
        issue: "microsoft/nni#4521",
        what: "pruning put smaller layers in, and the optimizer went on with the old ones",
      },
      {
        issue: "openvinotoolkit/nncf#327",
        what: "an initialisation replaced a parameter that the optimizer already had",
      },
    ],
    find: leftBehind,
  },
];
