// docs/accuracy.md: the newest result of each suite.
import { writeFileSync } from "node:fs";

export function writeReport(run) {
  if (run.length === 0) return;
  const compared = run.filter(({ section }) => section === undefined);
  const rows = compared.map(
    (one) =>
      `| ${one.suite} | ${one.perfect} of ${one.models} | ${one.exact} of ${one.total} | ${one.wrong} | ${one.missing} | ${one.extra} | ${one.unknown} | ${one.silent} | ${one.median.toFixed(0)} |`,
  );
  const versions = Object.entries(Object.assign({}, ...run.map((one) => one.versions)));
  const text = [
    "# Accuracy",
    "",
    "Written by `npm run accuracy`, which makes the real models with Python and compares every parameter with what Init Lens reads from their source: name, class of the layer, shape, fan-in and fan-out. The row `draws` compares the values torchvision's models really draw with the distributions predicted: bounds, mean and std within 6 standard errors, distribution function within 3/√n.",
    "",
    `Versions: ${versions.map(([name, version]) => `${name} ${version}`).join(", ")}.`,
    "",
    "| suite | models exact | parameters exact | wrong | missing | extra | unknown | incomplete without saying so | median ms |",
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ...rows,
    "",
    ...compared.flatMap(failures),
    ...run.flatMap(({ section = [] }) => section),
  ];
  writeFileSync("docs/accuracy.md", `${text.join("\n").trimEnd()}\n`);
}

function failures({ suite, failures: models }) {
  if (models.length === 0) return [];
  const rows = models
    .slice(0, 40)
    .map(
      (one) =>
        `- ${one.model}: ${one.exact} of ${one.total} exact, ${one.wrong} wrong, ${one.missing} missing, ${one.unknown} unknown`,
    );
  const rest = models.length > 40 ? [`- and ${models.length - 40} more`] : [];
  return [`## Not exact in ${suite}`, "", ...rows, ...rest, ""];
}
