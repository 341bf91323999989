import { formatNumber, mean, std } from "../distributions.js";
import { eachDraw, isWeight, type Rule, roleIn, weightName } from "./rule.js";

/** Below this a stream that grows is of the size that its norms and its last layer expect. */
const MUCH = 8;

/** Branches that add their full size to a stream, time after time. */
const growingStream = eachDraw((parameter, layer) => {
  const { branches } = layer;
  const { current, effectiveFanIn: fan } = parameter;
  if (branches === undefined || !isWeight(parameter) || typeof fan !== "number") return null;
  if (roleIn(parameter, layer) !== "hidden") return null;
  const [centre, spread] = [mean(current), std(current)];
  if (centre !== 0 || spread === null) return null;
  const each = fan * spread ** 2;
  if (branches * each < MUCH) return null;
  return `${weightName(parameter, layer)} ends one of ${branches} branches that are added up: with std ${formatNumber(spread)} and ${fan} inputs of size 1 each adds a variance of ${formatNumber(each, 2)}, ${formatNumber(branches * each, 2)} in all. Divide the std by √${branches}: ${formatNumber(spread / Math.sqrt(branches))}.`;
});

/** What a deep stream of residual branches adds up to. */
export const RESIDUAL_RULES: readonly Rule[] = [
  {
    code: "IL025",
    severity: "information",
    title: "residual branches at full size",
    why: "Each branch adds to the stream, and what they add does not cancel: with N branches of the stream's own size its variance grows to N + 1 times, and later branches change ever less of it. GPT-2 divides the std of each branch's last weight by the square root of the number of branches; a zero there starts each block as the identity.",
    found: `class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(64, 256)
        self.fc2 = nn.Linear(256, 64)
        nn.init.normal_(self.fc2.weight, std=256**-0.5)
    def forward(self, x):
        return x + self.fc2(torch.relu(self.fc1(x)))
model = nn.Sequential(*[Block() for _ in range(24)])
model(torch.randn(1, 64))`,
    fine: `class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(64, 256)
        self.fc2 = nn.Linear(256, 64)
        nn.init.normal_(self.fc2.weight, std=256**-0.5 / math.sqrt(24))
    def forward(self, x):
        return x + self.fc2(torch.relu(self.fc1(x)))
model = nn.Sequential(*[Block() for _ in range(24)])
model(torch.randn(1, 64))`,
    history: [
      {
        issue: "huggingface/transformers#47458",
        what: "a test for a whole name matched no parameter, so residual projections were never scaled",
      },
    ],
    find: growingStream,
  },
];
