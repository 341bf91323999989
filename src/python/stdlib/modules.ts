/** The standard library as far as model code uses it: one row a module. What is not here is unknown. */

import type { Engine } from "../engine.js";
import type { HostModule } from "../host.js";
import { PyList, type Value } from "../values.js";
import future from "./__future__.py";
import collectionsAbc from "./_collections_abc.py";
import abc from "./abc.py";
import annotations from "./annotations.py";
import argparse from "./argparse.py";
import bisect from "./bisect.py";
import collections from "./collections.py";
import configargparse from "./configargparse.py";
import configparser from "./configparser.py";
import configurations from "./configurations.py";
import contextlib from "./contextlib.py";
import copy from "./copy.py";
import dataclasses from "./dataclasses.py";
import enumeration from "./enum.py";
import filelock from "./filelock.py";
import fnmatch from "./fnmatch.py";
import functools from "./functools.py";
import glob from "./glob.py";
import heapq from "./heapq.py";
import hydra from "./hydra.py";
import importlib from "./importlib.py";
import importlibMachinery from "./importlib_machinery.py";
import importlibMetadata from "./importlib_metadata.py";
import importlibUtil from "./importlib_util.py";
import inspect from "./inspect.py";
import io from "./io.py";
import itertools from "./itertools.py";
import jinja2 from "./jinja2.py";
import json from "./json.py";
import lazyLoader from "./lazy_loader.py";
import logging from "./logging.py";
import loguru from "./loguru.py";
import { MATH } from "./math.js";
import {
  ABC,
  ARGUMENTS,
  CALLERS,
  COPY,
  FILES,
  IMPORTLIB,
  INSPECT,
  JSON_NATIVES,
  LITERALS,
  LOCATING,
  PATHS,
  UNKNOWN,
  UNKNOWN_OR_NOT,
  YAML,
} from "./natives.js";
import numbers from "./numbers.py";
import omegaconf from "./omegaconf.py";
import operator from "./operator.py";
import os from "./os.py";
import packagingRequirements from "./packaging_requirements.py";
import packagingSpecifiers from "./packaging_specifiers.py";
import packagingVersion from "./packaging_version.py";
import pathlib from "./pathlib.py";
import pkgutil from "./pkgutil.py";
import platform from "./platform.py";
import posixpath from "./posixpath.py";
import pydantic from "./pydantic.py";
import pydoc from "./pydoc.py";
import random from "./random.py";
import { RE } from "./re.js";
import re from "./re.py";
import shutil from "./shutil.py";
import string from "./string.py";
import sys from "./sys.py";
import tempfile from "./tempfile.py";
import threading from "./threading.py";
import time from "./time.py";
import tqdm from "./tqdm.py";
import types from "./types.py";
import typing from "./typing.py";
import urllibParse from "./urllib_parse.py";
import warnings from "./warnings.py";
import weakref from "./weakref.py";
import yaml from "./yaml.py";

type Natives = Readonly<Record<string, Value>>;

const module = (
  name: string,
  source: string | null,
  natives?: Natives | ((machine: Engine) => Natives),
): HostModule => ({
  name,
  isTransparent: true,
  ...(source === null ? {} : { source }),
  ...(natives === undefined
    ? {}
    : { natives: (machine) => (typeof natives === "function" ? natives(machine as Engine) : natives) }),
});

/** Packages of configurations, and what they call the classes. */
const CONFIGURATIONS = {
  addict: "CreatingDict as Dict",
  "addict.addict": "CreatingDict as Dict",
  attrdict: "AttributeDict as AttrDict",
  easydict: "EasyDict",
  ml_collections: "ConfigDict, ConfigDict as FrozenConfigDict, placeholder, required_placeholder",
  "ml_collections.config_dict":
    "ConfigDict, ConfigDict as FrozenConfigDict, create, placeholder, required_placeholder",
  jsonmerge: "merge",
  munch: "AttributeDict as Munch, munchify",
  "yacs.config": "CfgNode",
};

/** Packages that check annotations, and what they call what does it. */
const ANNOTATIONS = {
  beartype: "from _annotations import _returned as beartype",
  "beartype.claw":
    "from _annotations import _ignored as beartype_all, _ignored as beartype_package, _ignored as beartype_this_package",
  "beartype.door": "from _annotations import is_bearable, _ignored as die_if_unbearable",
  "beartype.typing": "from typing import *\nfrom collections.abc import *",
  jaxtyping: "from _annotations import _returned as jaxtyped, __getattr__",
};

export const STANDARD_MODULES: readonly HostModule[] = [
  module("__future__", future),
  module("_collections_abc", collectionsAbc),
  module("_copy", null, COPY),
  module("abc", abc, ABC),
  module("argparse", argparse, ARGUMENTS),
  module("ast", null, LITERALS),
  module("bisect", bisect),
  module("builtins", null, (machine) => Object.fromEntries(machine.builtins)),
  module("collections", collections),
  module("collections.abc", "from _collections_abc import *\nfrom _collections_abc import Set, Callable"),
  module("configparser", configparser, UNKNOWN_OR_NOT),
  module("contextlib", contextlib),
  module("copy", copy),
  module("dataclasses", dataclasses),
  module("enum", enumeration),
  // Nobody else runs: every lock is free.
  module("filelock", filelock),
  module("lazy_loader", lazyLoader, UNKNOWN_OR_NOT),
  module("loguru", loguru),
  module("fnmatch", fnmatch),
  module("functools", functools),
  module("glob", glob, UNKNOWN_OR_NOT),
  module("heapq", heapq),
  module("importlib", importlib, IMPORTLIB),
  module("importlib.abc", "class MetaPathFinder: pass\nclass Loader: pass"),
  module("importlib.machinery", importlibMachinery, IMPORTLIB),
  module("importlib.metadata", importlibMetadata, IMPORTLIB),
  module("importlib.util", importlibUtil, IMPORTLIB),
  module("importlib_metadata", importlibMetadata, IMPORTLIB),
  module("inspect", inspect, INSPECT),
  module("io", io, FILES),
  module("itertools", itertools),
  module("jinja2", jinja2, UNKNOWN),
  module("json", json, { ...JSON_NATIVES, ...UNKNOWN_OR_NOT }),
  module("logging", logging),
  module("math", null, MATH),
  module("numbers", numbers),
  module("operator", operator),
  module("os", os),
  module("os.path", posixpath, PATHS),
  module("pathlib", pathlib),
  module("pkgutil", pkgutil),
  module("platform", platform, UNKNOWN),
  module("posixpath", posixpath, PATHS),
  module("pydantic", pydantic, UNKNOWN_OR_NOT),
  module("pydoc", pydoc, LOCATING),
  module("random", random, UNKNOWN),
  module("_re", null, RE),
  module("re", re),
  module("shutil", shutil, { ...FILES, ...UNKNOWN }),
  module("string", string),
  module("sys", sys, ({ modules }) => ({
    modules: modules.table,
    meta_path: new PyList([]),
    path: new PyList([...modules.folders]),
  })),
  module("tempfile", tempfile),
  module("threading", threading),
  module("time", time, UNKNOWN),
  module("types", types),
  module("typing", typing),
  module("typing_extensions", typing),
  module("urllib", "from urllib import parse"),
  module("urllib.parse", urllibParse, UNKNOWN),
  module("warnings", warnings),
  module("weakref", weakref),
  // Not of the standard library, but the configuration beside many a model is read with it.
  module("yaml", yaml, { ...YAML, ...UNKNOWN_OR_NOT }),
  module("ruamel.yaml", "from yaml import *"),
  module("omegaconf", omegaconf, UNKNOWN_OR_NOT),
  ...["dictconfig", "listconfig", "omegaconf", "base", "basecontainer", "errors"].map((name) =>
    module(`omegaconf.${name}`, "from omegaconf import *"),
  ),
  module("hydra", hydra, CALLERS),
  ...["utils", "core.config_store", "core.global_hydra", "core.hydra_config", "errors", "experimental"].map(
    (name) => module(`hydra.${name}`, "from hydra import *"),
  ),
  // Asked for versions before much of a library is defined, and in no environment's own folder of packages.
  module("packaging", "from packaging import version"),
  module("packaging.version", packagingVersion, UNKNOWN_OR_NOT),
  module("packaging.specifiers", packagingSpecifiers, UNKNOWN_OR_NOT),
  module("packaging.requirements", packagingRequirements),
  module("configargparse", configargparse),
  module("_configurations", configurations, UNKNOWN),
  ...Object.entries(CONFIGURATIONS).map(([name, source]) =>
    module(name, `from _configurations import ${source}`),
  ),
  module("_annotations", annotations, UNKNOWN),
  ...Object.entries(ANNOTATIONS).map(([name, source]) => module(name, source)),
  // A bar around a loop over a model's weights must not hide what the loop does to them.
  module("tqdm", tqdm, UNKNOWN),
  ...["auto", "autonotebook", "notebook", "std", "rich"].map((name) =>
    module(`tqdm.${name}`, "from tqdm import *"),
  ),
  // A parser of patterns in Python around a compiled core: without the core, following it leads nowhere.
  module("regex", null),
];
