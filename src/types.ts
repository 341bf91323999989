/**
 * The plain data every folder shares. No behaviour lives here.
 *
 * Words are the field's: fan-in, fan-out, gain, scheme, distribution, limit, std.
 * A dimension or figure that is not known is `null` or `unknown`, never a guess.
 */

/** Where a call expression begins. Lines and columns start at 1; the end is exclusive. */
export interface Site {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  /** In a notebook: the 0-based index among all cells; lines then count within the cell. */
  readonly cell?: number;
}

/** A number where concrete, text such as `4*n_embd` where symbolic, `null` where unknown. */
export type Dim = number | string | null;
export type Shape = readonly Dim[];

/** What every distribution may say besides its own parameters. */
interface Described {
  /** Standard deviation of the values really drawn, after truncation. */
  readonly std?: number;
  /** What made it, in the framework's words: `kaiming_uniform_(a=√5)`. */
  readonly source?: string;
  /** The same in symbols, where a size is symbolic: `U(±1/√n_embd)`. */
  readonly formula?: string;
}

export type Distribution = Described &
  (
    | { readonly kind: "uniform"; readonly low: number; readonly high: number }
    | { readonly kind: "normal"; readonly mean: number; readonly std: number }
    | {
        readonly kind: "truncated_normal";
        /** Location and scale before truncation; `low` and `high` are absolute bounds. */
        readonly mean: number;
        readonly scale: number;
        readonly low: number;
        readonly high: number;
      }
    | { readonly kind: "constant"; readonly value: number }
    | { readonly kind: "orthogonal"; readonly gain: number }
    | { readonly kind: "identity"; readonly gain: number }
    | { readonly kind: "unknown" }
  );

export type Framework =
  | "torch"
  | "keras"
  | "flax"
  | "jax"
  | "tensorflow"
  | "numpy"
  | "theano"
  | "torch7"
  | "caffe";

/** One thing that was done to a weight's memory. */
export interface InitStep {
  /** The function, in the framework's words: `kaiming_normal_`, `mul` … */
  readonly op: string;
  /** Its arguments; null for one that is not known. */
  readonly args: Readonly<Record<string, number | string | boolean | null>>;
  /** False where only a part was written: a slice, a row. */
  readonly whole: boolean;
  /** Of a vector's part: the first entry that was written, and the first behind it that was not. */
  readonly entries?: readonly [from: number, to: number];
  /** The call that did it, in the analysed document where one is there; null inside the framework. */
  readonly site: Site | null;
  /** The call that ran the function in which that call stands; absent at a module's own level. */
  readonly caller?: Site;
  /** Calls in other files that it leads to before the weight is written; left out where there are none. */
  readonly depth?: number;
  /** The framework's layer does it to its own weights: `reset_parameters`. */
  readonly isLayersOwn?: boolean;
}

/** One weight tensor, as the framework itself would report it. */
export interface Parameter {
  /** torch `named_parameters()`, Keras `weight.path`, Flax the path joined with `/`. */
  readonly name: string;
  /** Class of the layer that owns it: `Conv2d`. */
  readonly layer: string;
  readonly shape: Shape;
  /** What the framework's own function says for that tensor; `null` where it raises or is unknown. */
  readonly fanIn: Dim;
  readonly fanOut: Dim;
  /** Connections that really feed a unit, and that a unit feeds. */
  readonly effectiveFanIn: Dim;
  readonly effectiveFanOut: Dim;
  readonly site: Site;
  /** What the framework draws if nobody says otherwise. */
  readonly default: Distribution;
  /** What this program draws in the end. */
  readonly current: Distribution;
  /** How it came about after the framework's own constructor, oldest first; empty where it is the default. */
  readonly steps: readonly InitStep[];
  /** The framework's version its fans are counted by, in words, where versions count them differently. */
  readonly byVersion?: string;
}

/** One set of shapes that a call site is built with: that of its main weight. */
export interface ShapeCount {
  readonly shape: Shape;
  readonly count: number;
  /** What that weight is everywhere; left out where its values differ or are not known. */
  readonly constant?: number;
}

/** A call that a place's layers are built for: `GPT(GPTConfig())`, in this document or another file. */
export interface LayerCall {
  /** Names the call, whatever lines come or go before it. */
  readonly key: string;
  /** Its text on one line, shortened where it is long. */
  readonly call: string;
  /** The call; for an assumed one the definition. */
  readonly site: Site;
  /** No program makes it: with missing arguments as symbols it stands for any call of the definition. */
  readonly isAssumed: boolean;
  /** Whether the layer's shapes are, or are among others, those of this call. */
  readonly isShown: boolean;
}

export interface SchemeDistribution {
  readonly scheme: string;
  readonly distribution: Distribution;
}

export interface Recommendation extends SchemeDistribution {
  /** One sentence, with the paper. */
  readonly why: string;
  /** The activation that is taken for granted, where nothing says which one follows. */
  readonly assumes?: string;
}

export type Severity = "error" | "warning" | "information";

/** Replaces the text between two positions of `file` (or of cell `cell` in it). */
export interface TextEdit {
  readonly file: string;
  readonly cell?: number;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly newText: string;
}

/** A change to the program that is safe to apply as it stands, and what it does in words. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/** What the program does with weights that no single parameter shows. Rules make findings of it. */
export type Observation = { readonly site: Site; readonly fix?: Fix } & (
  | {
      /** A call that draws weights will raise. */
      readonly kind: "raises";
      readonly exception: string;
      readonly message: string;
    }
  | {
      /** A test that does not look at what it seems to look at. */
      readonly kind: "odd_condition";
      /** What it really means, as the end of a sentence. */
      readonly means: string;
    }
  | {
      /** The result of `calculate_gain` given as the slope `a`. */
      readonly kind: "gain_as_slope";
    }
  | {
      /** A result that nobody keeps: the weight stays as it was. */
      readonly kind: "discarded";
      readonly what: string;
    }
  | {
      /** A weight that `forward` draws anew each time. */
      readonly kind: "drawn_in_forward";
      /** As the text says it: `self.fc.weight`. */
      readonly name: string;
    }
  | {
      /** A function that draws weights and that nothing in the document names. */
      readonly kind: "never_called";
      readonly name: string;
    }
  | {
      /** A loop over modules or parameters, or an applied function, whose tests match none of them. */
      readonly kind: "idle_visit";
      readonly visited: "modules" | "parameters";
      /** The parameters' names, or the names of the modules' classes, each once. */
      readonly names: readonly string[];
    }
  | {
      /** An array that is made without values, read as a weight, and never written. */
      readonly kind: "reserved";
      readonly name: string;
    }
  | {
      /** A weight is drawn that its module computes anew before each use. */
      readonly kind: "lost_draw";
      /** The function that draws: `normal_`. */
      readonly op: string;
      /** What computes it: `weight_norm`. */
      readonly by: string;
    }
  | {
      /** `apply` or a loop reached a module before it had any parameter; it has `later` now. */
      readonly kind: "early_apply";
      readonly visitor: "apply" | "loop";
      readonly later: number;
    }
  | {
      /** Layers that a module holds in a plain list, and no module as a part. */
      readonly kind: "unregistered";
      readonly attribute: string;
      readonly count: number;
    }
  | {
      /** A part of a model that replaces one which an optimizer has, and that no optimizer gets. */
      readonly kind: "left_behind";
      readonly name: string;
    }
  | {
      /** A layer of Keras is given an initializer when its weights are drawn already. */
      readonly kind: "late_initializer";
      /** `kernel_initializer`. */
      readonly name: string;
    }
  | {
      /** The row of zeros of an embedding, drawn again with all others. */
      readonly kind: "padding_row";
      readonly row: number;
      readonly op: string;
    }
  | {
      /** Every matrix that a file gave a model was drawn afterwards. */
      readonly kind: "lost_checkpoint";
      /** How many; null where the file is only loaded under a condition. */
      readonly count: number | null;
    }
  | {
      /** Modules of one container that start with equal values, or are one and the same. */
      readonly kind: "copies";
      readonly count: number;
      readonly class: string;
      readonly shared: boolean;
      /** Names of the weights that are equal, where others are not. */
      readonly parts?: readonly string[];
    }
  | {
      /** A weight with the very values of another, because one seed, key or initializer drew both. */
      readonly kind: "equal_draws";
      readonly name: string;
      readonly drawnWith: "seed" | "generator" | "key" | "stream" | "initializer" | "array";
      /** The seed in numbers. */
      readonly seed?: number;
      /** How many layers one place makes so; 1 where the other is made at another. */
      readonly count: number;
      /** The other, first one; null where it is in another file. */
      readonly other: Site | null;
    }
  | {
      /** An embedding whose weight is an output layer's too. */
      readonly kind: "tied";
      readonly std: number;
      readonly width: number;
    }
);

export interface Finding {
  /** `IL001` */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly site: Site;
  /** The layers it is about, where it stands at other code: at the call that draws their weights. */
  readonly about?: readonly Site[];
  readonly fix: Fix | null;
}

/** Something the analysis could not do, and where: a syntax error, a budget, a skipped branch. */
export interface Diagnostic {
  readonly severity: Severity;
  readonly message: string;
  readonly site: Site;
}

/** A call site: the place in the source where a layer, or a bare weight, is made. */
export interface Layer {
  /** Full name of the class or function: `torch.nn.Conv2d`, `numpy.random.uniform`. */
  readonly class: string;
  readonly framework: Framework;
  /** The attribute or variable it is bound to: `conv1`; empty where there is none. */
  readonly name: string;
  readonly site: Site;
  readonly parameters: readonly Omit<Parameter, "site">[];
  /** How many different concrete shapes this site is built with. */
  readonly shapes: number;
  /** The shapes of its main weight, the most frequent first; left out where there is only one. */
  readonly variants?: readonly ShapeCount[];
  /** The calls that build it; left out for a layer that is made outside of all functions. */
  readonly calls?: readonly LayerCall[];
  /** The activation that follows, in the recommendation's words; `null` where unknown. */
  readonly activation: string | null;
  /** Whether that activation takes the layer's sums themselves; left out where a norm, a sum or a factor may stand between. */
  readonly isDirectlyActivated?: true;
  /** Whether a norm takes the layer's sums before anything else, so that their scale is lost; left out where it may not. */
  readonly isNormalized?: true;
  /** Whether what is multiplied with the inputs is only computed from it: a softmax of it, its positive part. */
  readonly isComputedFrom?: true;
  /** Its negative slope or alpha; left out where it has none, or not always the same. */
  readonly slope?: number;
  /** Residual branches that the model adds up; left out where the layer does not end one of them. */
  readonly branches?: number;
  readonly recommended: Recommendation | null;
  readonly schemes: readonly SchemeDistribution[];
  readonly findings: readonly Finding[];
}

/** Shapes of a tensor at one place of the source, while models ran on known inputs. */
export interface ShapeNote {
  /** The value that is assigned, the call of a layer or function, or the call that made the layer. */
  readonly site: Site;
  readonly kind: "assigned" | "call" | "layer";
  /** Each different pair, in the order they came: a block that is used twice may have two. */
  readonly shapes: readonly ShapePair[];
}

export interface ShapePair {
  /** Of the first tensor that went in; null where it is not known or nothing went in. */
  readonly input: Shape | null;
  readonly output: Shape;
}

/** Sizes that do not fit together where a model runs on known inputs. */
export interface Misfit {
  /** Both numbers, in plain words. */
  readonly message: string;
  /** The call that made the layer, else the call that fails. */
  readonly site: Site;
  /** The call in `forward` that fails. */
  readonly call: Site;
  /** Replaces the layer's size by the one it is given. */
  readonly fix: Finding["fix"];
}

/** What is known of a document's models from running them on example inputs. */
export interface Flow {
  readonly notes: readonly ShapeNote[];
  readonly misfits: readonly Misfit[];
}

/** Everything Init Lens knows of one document. Every surface is a view of this value. */
export interface Analysis {
  readonly file: string;
  readonly layers: readonly Layer[];
  readonly observations: readonly Observation[];
  /** Definitions of classes whose instances may be given their weights by whoever makes them. */
  readonly filledLater?: readonly Site[];
  readonly findings: readonly Finding[];
  readonly diagnostics: readonly Diagnostic[];
  /** Absent where no model ran. */
  readonly flow?: Flow;
}

/** What one expression builds: every parameter, in the framework's order. */
export interface ModelReport {
  readonly call: string;
  readonly parameters: readonly Parameter[];
  /** False where anything that could have registered a parameter was skipped. */
  readonly complete: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** How large the signal is at one layer's output, before anything is learned. */
export interface LayerSignal {
  /** As the framework names the module: `layer1.0.conv1`. */
  readonly name: string;
  /** Std of the layer's output for standard normal inputs; null where it cannot be derived. */
  readonly forwardStd: number | null;
  /** Std of the gradient there, for a standard normal gradient at the model's output. */
  readonly backwardStd: number | null;
}

/** The signal through the layers of one model that have weights, in the order they are used. */
export interface SignalReport {
  readonly layers: readonly LayerSignal[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A `.py` text, or the cells of a notebook in order, read as one module. */
export interface SourceDocument {
  readonly file: string;
  readonly cells: readonly SourceCell[];
}

export interface SourceCell {
  /** 0-based index among all cells of the notebook; `null` for a plain file. */
  readonly index: number | null;
  readonly text: string;
}

/**
 * The analysis reads other files only through this. Paths use `/`.
 * `undefined` means "not loaded yet": the caller may load it and analyse again.
 */
export interface FileReader {
  read(path: string): string | null | undefined;
  /** Names in a folder, sorted, each folder's with `/` at its end; null where there is none. Absent: no folder is known. */
  list?(folder: string): readonly string[] | null;
}
