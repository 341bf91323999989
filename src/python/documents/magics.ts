import {
  afterLineBreak,
  BACKSLASH,
  HASH,
  isLineBreak,
  isNameStart,
  lineEnd,
  nameEnd,
} from "../parse/characters.js";
import { isQuote, isStringPrefix, stringEnd, UNTERMINATED } from "../parse/scanString.js";
import { UNKNOWN_VALUE } from "../parse/tokens.js";

/** Cell magics whose body is Python of this notebook; the body of any other is another language or another process. */
const PYTHON_CELL_MAGIC = /^%%(?:time|timeit|capture|prun|memit|mprun|px|debug|skip)\b/;

/** The first line of a cell that is not about the program: one that looks at weights it has made. */
const SKIPPED_CELL = /^#[ \t]*init-lens:[ \t]*skip\b/;

/** A statement that IPython takes for itself: a magic, a shell command, a question for help. */
const OWN_STATEMENT = /^(?:[%!?]|[^'"#\n\r]*\?[ \t]*$)/;

/** `files = !ls`, `path = %pwd`: up to the sign, which begins what is no Python. */
const OWN_VALUE = /^[\w.,[\] \t]+=[ \t]*(?=[%!])/;

/** `%time model = Net()` runs its statement here. What needs a block of its own cannot follow a semicolon. */
const TIMED_STATEMENT = /^%time(?=[ \t]+(?!-|(?:for|while|if|with|try|def|class|async)\b)\S)/;

/**
 * The text of a notebook cell with what only IPython understands made harmless: as many characters, every
 * other one in its place. A cell of another language, or one to be skipped, becomes blank.
 */
export function withoutMagics(text: string): string {
  const first = text.search(/\S/);
  if (first < 0) return text;
  if (SKIPPED_CELL.test(text.slice(first, first + 80))) return blank(text);
  if (text.startsWith("%%", first)) {
    if (!PYTHON_CELL_MAGIC.test(text.slice(first))) return blank(text);
    const body = lineEnd(text, first);
    return blank(text.slice(0, body)) + withoutMagics(text.slice(body));
  }
  let result = "";
  for (let at = 0; at < text.length; ) {
    const lineBreak = continuedLineEnd(text, at);
    const line = text.slice(at, lineBreak);
    const own = pythonLine(line);
    const isPython = own === line;
    const end = isPython ? logicalLineEnd(text, at) : afterLineBreak(text, lineBreak);
    result += isPython ? text.slice(at, end) : own + text.slice(lineBreak, end);
    at = end;
  }
  return result;
}

const blank = (text: string): string => text.replaceAll(/[^\r\n]/g, " ");

/** A line without its line break, its statement made Python if IPython takes it for itself. */
function pythonLine(line: string): string {
  const indentation = /^[ \t]*/.exec(line)![0];
  const statement = line.slice(indentation.length).trimEnd();
  return indentation + pythonStatement(statement) + line.slice(indentation.length + statement.length);
}

function pythonStatement(statement: string): string {
  if (TIMED_STATEMENT.test(statement)) return `pass;${statement.slice("%time".length)}`;
  if (OWN_STATEMENT.test(statement)) {
    const inert = /^.{4}/.test(statement) ? "pass" : "0";
    return inert + blank(statement.slice(inert.length));
  }
  const target = OWN_VALUE.exec(statement)?.[0];
  if (target === undefined) return statement;
  return target + UNKNOWN_VALUE + blank(statement.slice(target.length + 1));
}

/** The end of the line, before its line break; one after a backslash does not end it. */
function continuedLineEnd(text: string, start: number): number {
  let end = lineEnd(text, start);
  while (end < text.length && end > start && text.charCodeAt(end - 1) === BACKSLASH) {
    end = lineEnd(text, afterLineBreak(text, end));
  }
  return end;
}

/** The offset after the logical line that begins at `start`: strings, brackets and backslashes span line breaks. */
function logicalLineEnd(text: string, start: number): number {
  let brackets = 0;
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (isLineBreak(code)) {
      at = afterLineBreak(text, at);
      if (brackets <= 0) return at;
    } else if (code === BACKSLASH && isLineBreak(text.charCodeAt(at + 1))) at = afterLineBreak(text, at + 1);
    else if (code === HASH) at = lineEnd(text, at);
    else if (isQuote(code)) at = afterString(text, at, at);
    else if (isNameStart(text, at)) {
      const end = nameEnd(text, at);
      at = isStringPrefix(text, at, end) ? afterString(text, at, end) : end;
    } else {
      if ("([{".includes(text[at]!)) brackets++;
      else if (")]}".includes(text[at]!)) brackets--;
      at++;
    }
  }
  return at;
}

/** After a string, or the end of the line where it is not closed: a shell command may hold an apostrophe. */
function afterString(text: string, start: number, quote: number): number {
  const end = stringEnd(text, start, quote, text.length);
  return end === UNTERMINATED ? lineEnd(text, quote) : end;
}
