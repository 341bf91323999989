/** What packaging 26.4 gives for the same expressions. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./programs.js";

const PROGRAM = `
import packaging
from packaging import version
from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import SpecifierSet
from packaging.version import InvalidVersion, Version, parse

def refused(text):
    try:
        return parse(text)
    except InvalidVersion as error:
        return str(error)

def required(text):
    one = Requirement(text)
    return one.name, sorted(one.extras), one.url, one.specifier.contains("2.1"), len(one.specifier), one.marker is None

def everything(text):
    one = Version(text)
    return one.epoch, one.release, one.pre, one.post, one.dev, one.local, one.base_version, one.public, str(one)

ordered = ["1.dev3", "1.0a1.dev1", "1a1", "1.0b2", "1.0rc1", "1.0", "1+abc", "1+abc.7", "1+5", "1-1", "1.0.post2", "1!0.1"]
pairs = [(a, b) for i, a in enumerate(ordered) for b in ordered[i + 1:]]
`;

const EXPECTED = `
everything("v2.13.0+cu130") -> (0, (2, 13, 0), None, None, None, 'cu130', '2.13.0', '2.13.0', '2.13.0+cu130')
everything("1!1.0-Alpha_2.post3.DEV") -> (1, (1, 0), ('a', 2), 3, 0, None, '1!1.0', '1!1.0a2.post3.dev0', '1!1.0a2.post3.dev0')
everything("0.1c4+a-b_3") -> (0, (0, 1), ('rc', 4), None, None, 'a.b.3', '0.1', '0.1rc4', '0.1rc4+a.b.3')
[pair for pair in pairs if not parse(pair[0]) < parse(pair[1])] -> []
parse("2.0") == parse("2"), hash(parse("2.0")) == hash(parse("2")), parse("2.0.1") >= version.parse("2.0.1+cpu") -> (True, True, False)
Version("1.2").major, Version("1.2").minor, Version("1.2").micro -> (1, 2, 0)
max(map(parse, ["1.9", "1.10", "1.2rc1"])) -> <Version('1.10')>
Version("1.0.dev1").is_prerelease, Version("1.0-4").is_postrelease, Version("1.0").is_devrelease -> (True, True, False)
refused("two") -> "Invalid version: 'two'"
"1.5" in SpecifierSet(">=1.0,<2"), "2.0" in SpecifierSet(">=1.0,<2"), len(SpecifierSet(">=1.0,<2")) -> (True, False, 2)
SpecifierSet("~=1.4").contains("1.9"), SpecifierSet("~=1.4.2").contains("1.5"), SpecifierSet("==1.4.*").contains("1.4.9") -> (True, False, True)
SpecifierSet("!=1.4.*").contains("1.4.9"), SpecifierSet("<=2.1").contains("2.1+cpu"), SpecifierSet("").contains("1") -> (False, True, True)
SpecifierSet(">2.1").contains("2.1.post1"), SpecifierSet("<2.1").contains("2.1rc1", prereleases=True) -> (False, False)
required("torch>=1.0,<3"), required("torch") -> (('torch', [], None, True, 2, True), ('torch', [], None, True, 0, True))
required("ray[tune, rllib] (>2.2)"), required("a.b-c==1.*; python_version > '3'") -> (('ray', ['rllib', 'tune'], None, False, 1, True), ('a.b-c', [], None, False, 1, False))
required("pip @ https://x.org/p.zip"), str(Requirement(" torch >=2 ")) -> (('pip', [], 'https://x.org/p.zip', True, 0, True), 'torch>=2')
SpecifierSet(">=1.0").contains("2.0rc1"), SpecifierSet(">=1.0", prereleases=False).contains("2.0rc1") -> (True, False)
`;

test("versions are read and ordered as packaging does it", async (t) => {
  const { show, messages } = run(PROGRAM);
  assert.deepEqual(messages, []);
  for (const line of EXPECTED.trim().split("\n")) {
    const [expression, wanted] = line.split(" -> ");
    await t.test(expression, () => assert.equal(show(expression!), wanted));
  }
});
