import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "smol-toml";
import { RULES } from "../../init/rules.js";
import type { Finding, Severity } from "../../types.js";
import { UsageError } from "../usage.js";

/** What `[tool.init-lens]` in `pyproject.toml` and the options say of the rules. */
export interface CheckConfiguration {
  /** Code prefixes to report; null for all. */
  readonly select: readonly string[] | null;
  /** Code prefixes not to report; wins over `select`. */
  readonly ignore: readonly string[];
  readonly severity: ReadonlyMap<string, Severity>;
  /** Path parts that are not entered when a directory is checked. */
  readonly exclude: readonly string[];
}

export const DEFAULT_CONFIGURATION: CheckConfiguration = {
  select: null,
  ignore: [],
  severity: new Map(),
  exclude: [],
};

const SEVERITIES: readonly string[] = ["error", "warning", "information"];

/** The nearest `pyproject.toml` at or above `start` that has a `[tool.init-lens]` table, read and checked. */
export function readConfiguration(start: string): CheckConfiguration {
  for (let directory = path.resolve(start); ; directory = path.dirname(directory)) {
    const file = path.join(directory, "pyproject.toml");
    const table = existsSync(file) ? readTable(file) : undefined;
    if (table !== undefined) return toConfiguration(table, file);
    if (directory === path.dirname(directory)) return DEFAULT_CONFIGURATION;
  }
}

/** Drops what the configuration does not want and applies its severities. */
export function configured(findings: readonly Finding[], configuration: CheckConfiguration): Finding[] {
  const { select, ignore, severity } = configuration;
  return findings
    .filter(({ code }) => select === null || select.some((prefix) => code.startsWith(prefix)))
    .filter(({ code }) => !ignore.some((prefix) => code.startsWith(prefix)))
    .map((finding) => ({ ...finding, severity: severity.get(finding.code) ?? finding.severity }));
}

/** Splits `IL001,IL003` and refuses what no rule begins with. */
export function codePrefixes(text: string, option: string): string[] {
  return checkedPrefixes(
    text
      .split(",")
      .map((code) => code.trim())
      .filter((code) => code !== ""),
    option,
  );
}

function checkedPrefixes(prefixes: readonly string[], where: string): string[] {
  for (const prefix of prefixes) {
    if (!RULES.some(({ code }) => code.startsWith(prefix))) {
      throw new UsageError(
        `${where}: no rule begins with "${prefix}"; the rules are ${RULES.map(({ code }) => code).join(", ")}`,
      );
    }
  }
  return [...prefixes];
}

function readTable(file: string): Readonly<Record<string, unknown>> | undefined {
  let document: Record<string, unknown>;
  try {
    document = parse(readFileSync(file, "utf8"));
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    throw new UsageError(`${file} is not valid TOML: ${reason}`);
  }
  const tool = isTable(document.tool) ? document.tool["init-lens"] : undefined;
  return isTable(tool) ? tool : undefined;
}

function toConfiguration(table: Readonly<Record<string, unknown>>, file: string): CheckConfiguration {
  const known = new Set(["select", "ignore", "severity", "exclude"]);
  for (const key of Object.keys(table)) {
    if (!known.has(key))
      throw new UsageError(
        `${file}: [tool.init-lens] has no key "${key}"; the keys are ${[...known].join(", ")}`,
      );
  }
  const list = (key: string) => stringList(table[key], `${file}: ${key}`);
  return {
    select: table.select === undefined ? null : checkedPrefixes(list("select"), `${file}: select`),
    ignore: checkedPrefixes(list("ignore"), `${file}: ignore`),
    severity: severities(table.severity, `${file}: severity`),
    exclude: list("exclude"),
  };
}

function severities(value: unknown, where: string): Map<string, Severity> {
  const result = new Map<string, Severity>();
  if (value === undefined) return result;
  if (!isTable(value)) throw new UsageError(`${where} is a table such as { IL001 = "warning" }`);
  for (const [code, level] of Object.entries(value)) {
    checkedPrefixes([code], where);
    if (typeof level !== "string" || !isSeverity(level)) {
      throw new UsageError(`${where}: ${code} is one of ${SEVERITIES.join(", ")}`);
    }
    result.set(code, level);
  }
  return result;
}

function stringList(value: unknown, where: string): string[] {
  if (value === undefined) return [];
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
  throw new UsageError(`${where} is a list of strings`);
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSeverity(text: string): text is Severity {
  return SEVERITIES.includes(text);
}
