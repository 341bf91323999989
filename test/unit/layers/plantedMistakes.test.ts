/** Models with one number left open: filled in rightly nothing is said, wrongly both numbers at the right place. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../src/analysis.js";

const HEAD = "import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n";

interface Planted {
  /** `@` stands for the number. */
  readonly model: string;
  readonly right: number;
  readonly wrong: number;
  /** What the line begins with that the finding is at. */
  readonly at: string;
}

const MODELS: Readonly<Record<string, Planted>> = {
  "a linear layer after view": {
    model: `
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.c1 = nn.Conv2d(3, 6, 5)
        self.c2 = nn.Conv2d(6, 16, 5)
        self.fc = nn.Linear(@, 120)
    def forward(self, x):
        x = F.max_pool2d(F.relu(self.c1(x)), 2)
        x = F.max_pool2d(F.relu(self.c2(x)), 2)
        return self.fc(x.view(x.size(0), -1))
Net()(torch.zeros(4, 3, 32, 32))
`,
    right: 400,
    wrong: 256,
    at: "self.fc = nn.Linear",
  },
  "a head after an adaptive pool": {
    model: `
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(3, 64, 3, stride=2), nn.BatchNorm2d(64), nn.ReLU(), nn.AdaptiveAvgPool2d((3, 3)))
        self.head = nn.Linear(@, 5)
    def forward(self, x):
        return self.head(self.body(x).flatten(1))
model = Net()
out = model(torch.rand(1, 3, 64, 64))
`,
    right: 576,
    wrong: 64,
    at: "self.head = nn.Linear",
  },
  "a convolution of joined channels": {
    model: `
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 16, 3, padding=1)
        self.b = nn.Conv2d(3, 24, 1)
        self.mix = nn.Conv2d(@, 8, 1)
    def forward(self, x):
        y = torch.cat([self.a(x), self.b(x)], dim=1)
        return self.mix(y)
Net()(torch.randn(1, 3, 8, 8))
`,
    right: 40,
    wrong: 32,
    at: "self.mix = nn.Conv2d",
  },
  "a block of a U-Net": {
    model: `
class Block(nn.Sequential):
    def __init__(self, i, o):
        super().__init__(nn.Conv2d(i, o, 3, padding=1), nn.ReLU())
class UNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.d1 = Block(1, 8)
        self.d2 = Block(8, 16)
        self.up = nn.ConvTranspose2d(16, 8, 2, stride=2)
        self.u1 = Block(@, 8)
    def forward(self, x):
        a = self.d1(x)
        b = self.d2(F.max_pool2d(a, 2))
        return self.u1(torch.cat((self.up(b), a), 1))
UNet()(torch.randn(1, 1, 16, 16))
`,
    right: 16,
    wrong: 8,
    at: "super().__init__(nn.Conv2d(i, o",
  },
  "what follows a bidirectional LSTM": {
    model: `
class Tagger(nn.Module):
    def __init__(self):
        super().__init__()
        self.emb = nn.Embedding(100, 32)
        self.rnn = nn.LSTM(32, 20, batch_first=True, bidirectional=True)
        self.out = nn.Linear(@, 7)
    def forward(self, x):
        h, _ = self.rnn(self.emb(x))
        return self.out(h)
Tagger()(torch.zeros(2, 9, dtype=torch.long))
`,
    right: 40,
    wrong: 20,
    at: "self.out = nn.Linear",
  },
  "a norm of channels": {
    model: `
class M(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 12, 3)
        self.bn = nn.BatchNorm2d(@)
    def forward(self, x):
        return F.relu(self.bn(self.conv(x)))
M()(torch.randn(2, 3, 9, 9))
`,
    right: 12,
    wrong: 3,
    at: "self.bn = nn.BatchNorm2d",
  },
  "a norm of features": {
    model: `
class M(nn.Module):
    def __init__(self, d=48):
        super().__init__()
        self.proj = nn.Linear(10, d)
        self.norm = nn.LayerNorm(@)
    def forward(self, x):
        return self.norm(self.proj(x))
M()(torch.randn(2, 7, 10))
`,
    right: 48,
    wrong: 10,
    at: "self.norm = nn.LayerNorm",
  },
  "a residual sum": {
    model: `
class Res(nn.Module):
    def __init__(self):
        super().__init__()
        self.c = nn.Conv2d(8, @, 3, padding=1)
    def forward(self, x):
        return x + self.c(x)
Res()(torch.randn(1, 8, 4, 4))
`,
    right: 8,
    wrong: 16,
    at: "return x + self.c(x)",
  },
  "an attention": {
    model: `
class M(nn.Module):
    def __init__(self):
        super().__init__()
        self.q = nn.Linear(20, 32)
        self.att = nn.MultiheadAttention(@, 4, batch_first=True)
    def forward(self, x):
        h = self.q(x)
        return self.att(h, h, h)[0]
M()(torch.randn(2, 5, 20))
`,
    right: 32,
    wrong: 64,
    at: "self.att = nn.MultiheadAttention",
  },
  "a convolution over steps": {
    model: `
class M(nn.Module):
    def __init__(self):
        super().__init__()
        self.c = nn.Conv1d(@, 4, 3)
    def forward(self, x):
        return self.c(x.transpose(1, 2))
M()(torch.randn(2, 50, 12))
`,
    right: 12,
    wrong: 50,
    at: "self.c = nn.Conv1d",
  },
  "a mean of parts": {
    model: `
class M(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(6, 24)
        self.b = nn.Linear(@, 2)
    def forward(self, x):
        h = self.a(x).reshape(-1, 4, 6)
        return self.b(h.mean(1))
M()(torch.randn(8, 6))
`,
    right: 6,
    wrong: 24,
    at: "self.b = nn.Linear",
  },
  "the layer after a ModuleList": {
    model: `
class Mlp(nn.Module):
    def __init__(self, sizes=(4, 8, 16)):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(a, b) for a, b in zip(sizes[:-1], sizes[1:])])
        self.out = nn.Linear(@, 1)
    def forward(self, x):
        for layer in self.layers:
            x = torch.relu(layer(x))
        return self.out(x)
Mlp()(torch.randn(3, 4))
`,
    right: 16,
    wrong: 8,
    at: "self.out = nn.Linear",
  },
  "a head after a mean of places": {
    model: `
class M(nn.Module):
    def __init__(self):
        super().__init__()
        self.f = nn.Sequential(nn.Conv2d(3, 10, 3), nn.ReLU(), nn.Conv2d(10, 20, 3))
        self.fc = nn.Linear(@, 3)
    def forward(self, x):
        return self.fc(self.f(x).mean(dim=(2, 3)))
M()(torch.randn(1, 3, 32, 32))
`,
    right: 20,
    wrong: 10,
    at: "self.fc = nn.Linear",
  },
  "what follows a pixel shuffle": {
    model: `
class M(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 36, 3, padding=1)
        self.up = nn.PixelShuffle(3)
        self.b = nn.Conv2d(@, 3, 3)
    def forward(self, x):
        return self.b(self.up(self.a(x)))
M()(torch.randn(1, 3, 10, 10))
`,
    right: 4,
    wrong: 36,
    at: "self.b = nn.Conv2d",
  },
  "a product with a parameter": {
    model: `
class M(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.randn(@, 5))
    def forward(self, x):
        return x @ self.w
M()(torch.randn(2, 9))
`,
    right: 9,
    wrong: 7,
    at: "return x @",
  },
  "half of a latent": {
    model: `
class M(nn.Module):
    def __init__(self, latent=6):
        super().__init__()
        self.enc = nn.Linear(20, 2 * latent)
        self.dec = nn.Linear(@, 20)
    def forward(self, x):
        mu, logvar = self.enc(x).chunk(2, dim=-1)
        return self.dec(mu + torch.exp(0.5 * logvar))
M()(torch.randn(3, 20))
`,
    right: 6,
    wrong: 12,
    at: "self.dec = nn.Linear",
  },
  "a transposed convolution": {
    model: `
class G(nn.Module):
    def __init__(self, nz=10, ngf=8):
        super().__init__()
        self.main = nn.Sequential(
            nn.ConvTranspose2d(nz, ngf * 4, 4, 1, 0, bias=False),
            nn.BatchNorm2d(ngf * 4),
            nn.ReLU(True),
            nn.ConvTranspose2d(@, ngf, 4, 2, 1, bias=False),
        )
    def forward(self, z):
        return self.main(z)
G()(torch.randn(1, 10, 1, 1))
`,
    right: 32,
    wrong: 16,
    at: "nn.ConvTranspose2d(16, ngf",
  },
  "embeddings of patches": {
    model: `
class Vit(nn.Module):
    def __init__(self):
        super().__init__()
        self.patch = nn.Conv2d(3, 24, 4, stride=4)
        self.pos = nn.Parameter(torch.zeros(1, @, 24))
        self.head = nn.Linear(24, 2)
    def forward(self, x):
        x = self.patch(x).flatten(2).transpose(1, 2)
        x = x + self.pos
        return self.head(x[:, 0])
Vit()(torch.randn(1, 3, 16, 16))
`,
    right: 16,
    wrong: 17,
    at: "x = x + self.pos",
  },
};

for (const [name, { model, right, wrong, at }] of Object.entries(MODELS)) {
  const findings = (number: number) => {
    const text = HEAD + model.replace(/@(?! )/, String(number));
    const { findings: all } = analyse(
      { file: "/w/m.py", cells: [{ index: null, text }] },
      { read: () => null },
    );
    const lines = text.split("\n");
    return all
      .filter(({ code }) => code === "IL012")
      .map(({ message, site }) => ({ message, line: lines[site.line - 1]!.trim() }));
  };

  test(`${name} that fits: nothing is said`, () => {
    assert.deepEqual(findings(right), []);
  });

  test(`${name} that does not fit is told once, with both numbers`, () => {
    const [found, ...more] = findings(wrong);
    assert.deepEqual(more, []);
    assert.match(found!.message, new RegExp(`\\b${right}\\b`));
    assert.match(found!.message, new RegExp(`\\b${wrong}\\b`));
    assert.ok(found!.line.startsWith(at), found!.line);
  });
}
