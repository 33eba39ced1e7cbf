import { expect } from "chai";
import fc from "fast-check";
import { csvFilter } from "../../../local/sagemaker/transform/input-filter.ts";
import { miniBatches, type Splitting } from "../../../local/sagemaker/transform/mini-batches.ts";

async function batches(chunks: readonly string[], splitting: Partial<Splitting>) {
  const all = { byLine: true, strategy: "MultiRecord", maxBytes: 1024, ...splitting } as const;
  const source = (async function* () {
    for (const chunk of chunks) yield Buffer.from(chunk);
  })();
  const payloads: string[] = [];
  for await (const payload of miniBatches(source, all)) payloads.push(payload.toString());
  return payloads;
}

/** An object in chunks, and its text. */
const chunked = fc
  .array(fc.stringMatching(/^[a-c,]{0,6}$/), { minLength: 1, maxLength: 12 })
  .chain((lines) => {
    const text = lines.join("\n");
    return fc.tuple(
      fc.constant(text),
      fc.array(fc.nat(text.length), { maxLength: 5 }).map((cuts) => {
        const edges = [0, ...cuts.sort((a, b) => a - b), text.length];
        return edges.slice(1).map((end, i) => text.slice(edges[i], end));
      }),
    );
  });

describe("mini-batches of a transform job", () => {
  it("hold whole lines, as many as fit, and together the object", () =>
    fc.assert(
      fc.asyncProperty(chunked, fc.integer({ min: 7, max: 20 }), async ([text, chunks], max) => {
        const payloads = await batches(chunks, { maxBytes: max });

        expect(payloads.join("")).equal(text);
        for (const [i, payload] of payloads.entries()) {
          expect(payload.length).within(1, max);
          const next = payloads[i + 1];
          if (next === undefined) continue;
          expect(payload).match(/\n$/);
          const firstLine = next.slice(0, next.indexOf("\n") + 1) || next;
          expect(payload.length + firstLine.length).greaterThan(max);
        }
      }),
    ));

  it("of single records are the lines without their breaks", () =>
    fc.assert(
      fc.asyncProperty(chunked, async ([text, chunks]) => {
        const lines = text.split("\n");
        const last = lines.at(-1) === "" ? lines.slice(0, -1) : lines;

        expect(await batches(chunks, { strategy: "SingleRecord" })).deep.equal(last);
      }),
    ));

  it("are the object itself where it is not split", async () => {
    expect(await batches(["1,2\n", "3,4\n"], { byLine: false })).deep.equal(["1,2\n3,4\n"]);
  });

  for (const splitting of [
    { byLine: false },
    { strategy: "MultiRecord" },
    { strategy: "SingleRecord" },
  ] as const) {
    it(`take no record that is too long: ${JSON.stringify(splitting)}`, async () => {
      const error = await batches(["1\n", "12345678", "9\n"], { ...splitting, maxBytes: 8 }).catch(
        (reason: Error) => reason,
      );

      expect(error)
        .instanceOf(Error)
        .with.property("message")
        .match(/^Too much data/);
    });
  }
});

describe("the input filter of a transform job", () => {
  for (const [path, expected] of [
    ["$[1:]", 'b,"c, d",e'],
    ["$[0]", "a"],
    ["$[:2]", "a,b"],
    ["$[3,0:2]", "e,a,b"],
    ["$[2]", '"c, d"'],
    ["$[3:9]", "e"],
  ] as const) {
    it(`takes ${path}`, () => {
      expect(csvFilter(path)?.('a,b,"c, d",e')).equal(expected);
    });
  }

  it("keeps empty columns", () => {
    expect(csvFilter("$[1:]")?.("a,,b,")).equal(",b,");
    expect(csvFilter("$[1:]")?.('"a",,b,')).equal(",b,");
  });

  it("misses a column that is not there", () => {
    expect(() => csvFilter("$[4]")?.("a,b")).throw("Column 4 is not in a record of 2 columns");
  });

  for (const path of ["$", "$.features", "$[-1]", "$['id']", "$[1:2:3]"]) {
    it(`is none for ${path}`, () => {
      expect(csvFilter(path)).equal(undefined);
    });
  }
});
