import { type HostModule, native } from "../host.js";
import { PyFloat, Unknown, type Value } from "../values.js";
import s0 from "./__future__.py";
import s1 from "./_collections_abc.py";
import s2 from "./abc.py";
import s3 from "./argparse.py";
import s4 from "./bisect.py";
import s5 from "./collections.py";
import s6 from "./collections/__init__.py";
import s7 from "./collections/abc.py";
import s8 from "./contextlib.py";
import s9 from "./copy.py";
import s10 from "./dataclasses.py";
import s11 from "./enum.py";
import s12 from "./functools.py";
import s13 from "./heapq.py";
import s14 from "./importlib.py";
import s15 from "./importlib_metadata.py";
import s16 from "./importlib_util.py";
import s17 from "./inspect.py";
import s18 from "./io.py";
import s19 from "./itertools.py";
import s20 from "./json.py";
import s21 from "./logging.py";
import s22 from "./numbers.py";
import s23 from "./operator.py";
import s24 from "./os.py";
import s25 from "./os/__init__.py";
import s26 from "./os/path.py";
import s27 from "./pathlib.py";
import s28 from "./posixpath.py";
import s29 from "./random.py";
import s30 from "./string.py";
import s31 from "./sys.py";
import s32 from "./threading.py";
import s33 from "./time.py";
import s34 from "./types.py";
import s35 from "./typing.py";
import s36 from "./typing_extensions.py";
import s37 from "./warnings.py";
import s38 from "./weakref.py";
const F1=["sqrt","exp","log2","log10","log1p","expm1","sin","cos","tan","tanh","sinh","cosh","asin","acos","atan","fabs"] as const;
function erf(x:number):number{ if(Math.abs(x)>6) return Math.sign(x); let t=x,s=x; for(let n=1;n<300;n++){t*=-x*x/n; s+=t/(2*n+1); if(Math.abs(t)<1e-18*Math.abs(s))break;} return 2/Math.sqrt(Math.PI)*s; }
const math = () => {
  const t: Record<string, Value> = { pi: new PyFloat(Math.PI), e: new PyFloat(Math.E), inf: new PyFloat(Infinity), nan: new PyFloat(NaN) };
  const f = (name: string, g: (x: number) => number, int=false) => { t[name] = native(`${name}(x, /)`, (m, x) => { const v = m.asNumber(x!); if (v instanceof Unknown) return m.unknown("math"); if (v===null) m.raise("TypeError","must be real number"); const r=g(v as number); return int ? r : new PyFloat(r); }); };
  for (const n of F1) f(n, Math[n === "fabs" ? "abs" : n] as (x:number)=>number);
  f("erf", erf); f("floor", Math.floor, true); f("ceil", Math.ceil, true); f("trunc", Math.trunc, true);
  f("radians", (x)=>x*Math.PI/180);
  t.log = native("log(x, base=None, /)", (m, x, b) => { const v = m.asNumber(x!); const w = b === null ? Math.E : m.asNumber(b!); if (typeof v !== "number" || typeof w !== "number") return m.unknown("log"); return new PyFloat(b===null?Math.log(v):Math.log(v)/Math.log(w)); });
  t.pow = native("pow(x, y, /)", (m, x, y) => { const v=m.asNumber(x!), w=m.asNumber(y!); return typeof v==="number"&&typeof w==="number"?new PyFloat(v**w):m.unknown("pow"); });
  t.gcd = native("gcd(x, y, /)", (m, x, y) => { let a=m.asInteger(x!) as number, b=m.asInteger(y!) as number; while(b){[a,b]=[b,a%b];} return a; });
  t.prod = native("prod(iterable, /, *, start=1)", (m, x) => { const v=m.iterate(x!); if (v instanceof Unknown) return v; return v.reduce((a,b)=>m.binary("*",a,b),1); });
  t.isclose = native("isclose(a, b, **k)", (m)=>m.unknown("isclose")); t.isnan = native("isnan(x)", ()=>false); t.isinf=native("isinf(x)", ()=>false);
  return t;
};
export const STANDARD_MODULES: readonly HostModule[] = [
  { name: "math", natives: math },
  { name: "__future__", source: s0, isPackage: false },
  { name: "_collections_abc", source: s1, isPackage: false },
  { name: "abc", source: s2, isPackage: false },
  { name: "argparse", source: s3, isPackage: false },
  { name: "bisect", source: s4, isPackage: false },
  { name: "collections", source: s5, isPackage: false },
  { name: "collections", source: s6, isPackage: true },
  { name: "collections.abc", source: s7, isPackage: false },
  { name: "contextlib", source: s8, isPackage: false },
  { name: "copy", source: s9, isPackage: false },
  { name: "dataclasses", source: s10, isPackage: false },
  { name: "enum", source: s11, isPackage: false },
  { name: "functools", source: s12, isPackage: false },
  { name: "heapq", source: s13, isPackage: false },
  { name: "importlib", source: s14, isPackage: false },
  { name: "importlib_metadata", source: s15, isPackage: false },
  { name: "importlib_util", source: s16, isPackage: false },
  { name: "inspect", source: s17, isPackage: false },
  { name: "io", source: s18, isPackage: false },
  { name: "itertools", source: s19, isPackage: false },
  { name: "json", source: s20, isPackage: false },
  { name: "logging", source: s21, isPackage: false },
  { name: "numbers", source: s22, isPackage: false },
  { name: "operator", source: s23, isPackage: false },
  { name: "os", source: s24, isPackage: false },
  { name: "os", source: s25, isPackage: true },
  { name: "os.path", source: s26, isPackage: false },
  { name: "pathlib", source: s27, isPackage: false },
  { name: "posixpath", source: s28, isPackage: false },
  { name: "random", source: s29, isPackage: false },
  { name: "string", source: s30, isPackage: false },
  { name: "sys", source: s31, isPackage: false },
  { name: "threading", source: s32, isPackage: false },
  { name: "time", source: s33, isPackage: false },
  { name: "types", source: s34, isPackage: false },
  { name: "typing", source: s35, isPackage: false },
  { name: "typing_extensions", source: s36, isPackage: false },
  { name: "warnings", source: s37, isPackage: false },
  { name: "weakref", source: s38, isPackage: false },
];
