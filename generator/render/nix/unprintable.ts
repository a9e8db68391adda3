/** What Nix source cannot hold. The message names the value and the reason. */
export class Unprintable extends Error {
  override name = "Unprintable";
}

export class UnprintableString extends Unprintable {
  override name = "UnprintableString";
}

export class UnprintableNumber extends Unprintable {
  override name = "UnprintableNumber";
}

export class UnprintablePath extends Unprintable {
  override name = "UnprintablePath";
}
