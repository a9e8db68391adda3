import { plainStyle } from "../../problem.ts";
import type { Streams } from "../streams.ts";

/** Streams that remember what was written to them. */
export function captureStreams(): { streams: Streams; product: () => string; log: () => string } {
  const texts = { product: "", log: "" };
  const remember = (name: keyof typeof texts) => ({
    style: plainStyle,
    async write(text: string) {
      texts[name] += text;
    },
  });
  const input = (async function* (): AsyncGenerator<Uint8Array> {})();
  const streams = {
    input,
    inputIsTerminal: false,
    openTerminal: null,
    product: remember("product"),
    log: remember("log"),
  };
  return { streams, product: () => texts.product, log: () => texts.log };
}
