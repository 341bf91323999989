import { lasting } from "../../sameness.js";
import { siteKey } from "../../sites.js";
import type { Analysis, InitStep, Layer } from "../../types.js";
import { drawsAnew, fillsAnew, setsAnew } from "../inPlaceCalls.js";
import { eachObservation } from "./observed.js";
import {
  isWeight,
  type LayerParameter,
  mergedByPlace,
  type Remark,
  type Rule,
  roleIn,
  weightName,
} from "./rule.js";

/**
 * A weight that a call for it alone has drawn, and that a later call overwrites: another one for it alone
 * (the name of another layer was meant), or one for many (a loop over all layers after a deliberate value).
 */
function overwrittenDraws({ file, layers, observations }: Analysis): readonly Remark[] {
  const users = usersOf(layers, file);
  const tied = new Set(observations.flatMap(({ kind, site }) => (kind === "tied" ? [siteKey(site)] : [])));
  return layers.flatMap((layer) => {
    // An embedding's weight that is an output layer's too is listed with both.
    const alone = tied.has(siteKey(layer.site)) ? 2 : 1;
    const isForMany = ({ site }: InitStep): boolean => users.get(siteKey(site!))!.size > alone;
    return writtenTwice(layer).flatMap(({ parameter, first, second, isLost }): Remark[] => {
      if (isForMany(first) || !isLost(first, second, isForMany(second))) return [];
      const place = second.site!.cell === first.site!.cell ? `line ${second.site!.line}` : "a later cell";
      const message = `${weightName(parameter, layer)} is set by ${first.op} here and overwritten by ${second.op} in ${place} before anything reads it.`;
      return [{ message, site: first.site!, about: [layer.site] }];
    });
  });
}

/** One value given twice to the same weights in one run: the second call meant another parameter, mostly the bias. */
function setTwice({ file, layers }: Analysis): readonly Remark[] {
  const users = usersOf(layers, file);
  const usersAt = ({ site }: InitStep): string => [...(users.get(siteKey(site!)) ?? [])].join();
  const remarks = layers.flatMap((layer) =>
    layer.parameters.flatMap((parameter): Remark[] => {
      const [first, second] = parameter.steps
        .filter(({ whole, site }) => whole && site?.file === file)
        .slice(-2);
      if (first === undefined || second === undefined || isSamePlace(first, second)) return [];
      if (!setsAnew(first.op) || !isSameCall(first, second) || !isSameRun(first, second)) return [];
      if (isRefined(first, second)) return [];
      if (usersAt(first) !== usersAt(second)) return [];
      const message = `${weightName(parameter, layer)} is set by ${second.op} here as ${first.op} in line ${first.site!.line} has set it: was another parameter meant?`;
      return [{ message, site: second.site!, about: [layer.site] }];
    }),
  );
  return mergedByPlace(remarks);
}

const isSameCall = (one: InitStep, other: InitStep): boolean =>
  one.op === other.op && JSON.stringify(one.args) === JSON.stringify(other.args);

/** Whether nobody meant the second of two steps to follow the first; the second writes one layer's weights or many. */
type IsLost = (first: InitStep, second: InitStep, isForMany: boolean) => boolean;

/** The weights of a layer that the document fills twice, in calls that stand apart. */
const writtenTwice = lasting((layer: Layer) =>
  layer.parameters.flatMap((parameter) => {
    const isLost = lossOf(parameter, layer);
    if (isLost === null) return [];
    const whole = parameter.steps.filter(({ whole, site }) => whole && site?.file === layer.site.file);
    const [first, second] = whole.slice(-2);
    const isTwice =
      first &&
      second &&
      [first, second].every(({ op }) => fillsAnew(op)) &&
      !isSamePlace(first, second) &&
      // A layer's reset draws its bias too, and a scheme of one's own may follow it.
      first.isLayersOwn !== true &&
      !isRefined(first, second);
    return isTwice ? [{ parameter, first, second, isLost }] : [];
  }),
);

/** What is lost of a parameter; null for those that are set in several ways on purpose: norm scales, vectors. */
function lossOf(parameter: LayerParameter, layer: Layer): IsLost | null {
  const role = roleIn(parameter, layer);
  if (role === "bias") return isLostBias;
  if (role === "norm_scale" || !isWeight(parameter)) return null;
  return role === "embedding" ? isLostEmbedding : isLostWeight;
}

const isLostWeight: IsLost = (first, second, isForMany) =>
  isForMany ? setsAnew(first.op) : isSameRun(first, second);

/** A function for all layers may draw those of an output that has the embedding's weight too. */
const isLostEmbedding: IsLost = (first, second, isForMany) =>
  !isForMany && drawsAnew(first.op) && drawsAnew(second.op) && isSameRun(first, second);

/** Zeros before a function for all layers are a habit; another number was thought about. */
const isLostBias: IsLost = (first, _second, isForMany) =>
  isForMany &&
  setsAnew(first.op) &&
  Object.values(first.args).some((one) => typeof one === "number" && one !== 0);

const isSamePlace = (one: InitStep, other: InitStep): boolean => siteKey(one.site!) === siteKey(other.site!);

/** Whether the first is what another file does for all (a base class, a library), which this one then changes. */
const isRefined = ({ depth: first = 0 }: InitStep, { depth: second = 0 }: InitStep): boolean =>
  first > second;

/** Whether one run of one function made both: what a module's constructor drew, its model may draw anew. */
const isSameRun = ({ caller: one }: InitStep, { caller: other }: InitStep): boolean =>
  (one && siteKey(one)) === (other && siteKey(other));

/** For each call that writes weights the layers whose weights it writes. */
function usersOf(layers: readonly Layer[], file: string): ReadonlyMap<string, ReadonlySet<string>> {
  const users = new Map<string, Set<string>>();
  for (const layer of layers) {
    for (const { site, key, place } of writesOf(layer)) {
      if (site.file === file) users.set(key, (users.get(key) ?? new Set()).add(place));
    }
  }
  return users;
}

/** Where the weights of a layer are written. */
const writesOf = lasting((layer: Layer) => {
  const place = siteKey(layer.site);
  return layer.parameters.flatMap(({ steps }) =>
    steps.flatMap(({ site }) => (site === null ? [] : [{ site, key: siteKey(site), place }])),
  );
});

/** Zeros for padding that were drawn over. */
const paddingRow = eachObservation(
  "padding_row",
  ({ row, op }) =>
    `${op} draws row ${row} too, which padding_idx made 0 and which gets no gradient: padding stays a random vector for ever. Set the row to 0 afterwards.`,
);

/** A file's values that were drawn over. */
const lostCheckpoint = eachObservation(
  "lost_checkpoint",
  ({ count }) =>
    `${count === null ? "What load_state_dict filled is" : `All ${count} matrices that load_state_dict filled are`} drawn again here, so what was loaded is lost. Draw first, and load afterwards.`,
);

/** Weights drawn twice. */
export const ORDER_RULES: readonly Rule[] = [
  {
    code: "IL013",
    severity: "warning",
    title: "a draw that is overwritten",
    why: "A weight is initialised and, before anything reads it, initialised again by another call. Usually the second call names the wrong layer, or a loop over all layers undoes a value that was meant: a zero, the bias of a focal loss. A weight that an embedding and an output layer share is one weight under two names.",
    found:
      "nn.init.xavier_uniform_(self.query.weight)\nnn.init.xavier_uniform_(self.query.weight)  # self.key was meant",
    fine: "nn.init.xavier_uniform_(self.query.weight)\nnn.init.xavier_uniform_(self.key.weight)",
    history: [
      {
        issue: "yz93/LAVT-RIS#25",
        what: "what a module's constructor had set was overwritten by init_weights",
      },
      {
        issue: "kazuto1011/deeplab-pytorch#44",
        what: "the scale of norms was set twice, and their bias was meant",
      },
    ],
    find: (analysis) => [...overwrittenDraws(analysis), ...setTwice(analysis)],
  },
  {
    code: "IL029",
    severity: "information",
    title: "a padding row that is drawn",
    why: "nn.Embedding makes the row of padding_idx 0 once, in its constructor, and gives it no gradient. A draw of the whole weight afterwards leaves a random vector there that training never changes; it matters wherever padding is not masked.",
    found: "embedding = nn.Embedding(1000, 64, padding_idx=0)\nnn.init.normal_(embedding.weight, std=0.02)",
    fine: "embedding = nn.Embedding(1000, 64, padding_idx=0)\nnn.init.normal_(embedding.weight, std=0.02)\nnn.init.zeros_(embedding.weight[0])",
    history: [
      { issue: "microsoft/Graphormer#41", what: "init_params drew the padding row of its embeddings" },
      { issue: "ray1007/pytorch-word2vec#17", what: "a uniform draw made padding_idx=0 useless" },
      {
        issue: "facebookresearch/fairseq@c6d4386c1574d715263e1cd8200f94a26f74ec13",
        what: "embeddings of three models drew their padding row",
      },
    ],
    find: paddingRow,
  },
  {
    code: "IL032",
    severity: "warning",
    title: "a checkpoint that is drawn over",
    why: "Initialisation after load_state_dict replaces what the file gave. A new head may be drawn afterwards; where every loaded matrix is, the model starts from nothing.",
    found: `model = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10))
model.load_state_dict(torch.load("model.pt"))
for m in model.modules():
    if isinstance(m, nn.Linear):
        nn.init.xavier_uniform_(m.weight)`,
    fine: `model = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10))
for m in model.modules():
    if isinstance(m, nn.Linear):
        nn.init.xavier_uniform_(m.weight)
model.load_state_dict(torch.load("model.pt"))`,
    history: [
      {
        issue: "huggingface/picotron#32",
        what: "parameters were initialised after the checkpoint was loaded",
      },
    ],
    find: lostCheckpoint,
  },
];
