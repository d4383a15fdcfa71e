/** The trained part: what `saathi care train` learned (content/care/trained.tsv), made ready to weigh a message. */
import { DISCLOSURE_ORDER, type DisclosureCategory } from '../../content/model';

/** How likely each kind of disclosure is; what is missing to 1 is that nothing is disclosed. */
export type Likelihoods = Record<DisclosureCategory, number>;

/** Weights are whole numbers in the file, so that it reads well and is the same everywhere. */
export const WEIGHT_UNIT = 100;
/** A long message has many features: each counts less, so that none is sure by its length alone. */
export const scaleOf = (features: number) => 1 / Math.sqrt(Math.max(1, features));

export class Trained {
  readonly #weights = new Map<string, Int16Array>();

  /** @param file lines of a feature and its weights, one a category in their order; `#` begins a remark */
  constructor(file: string) {
    for (const line of file.split('\n')) {
      if (line === '' || line.startsWith('# ')) continue;
      const [feature = '', ...weights] = line.split('\t');
      this.#weights.set(feature, Int16Array.from(weights, Number));
    }
  }

  /** @param features as `featuresOf` names them; those that it never learned count for nothing */
  weigh(features: Iterable<string>): Likelihoods {
    const sums = DISCLOSURE_ORDER.map(() => 0);
    let known = 0;
    for (const feature of features) {
      const weights = this.#weights.get(feature);
      if (!weights) continue;
      known += 1;
      for (let index = 0; index < sums.length; index += 1)
        sums[index] = (sums[index] ?? 0) + (weights[index] ?? 0);
    }
    const scale = scaleOf(known) / WEIGHT_UNIT;
    const shares = sums.map((sum) => Math.exp(sum * scale));
    // That nothing is disclosed weighs nought by definition: exp(0).
    const total = 1 + shares.reduce((sum, one) => sum + one, 0);
    return Object.fromEntries(
      DISCLOSURE_ORDER.map((category, index) => [category, (shares[index] ?? 0) / total]),
    ) as Likelihoods;
  }
}
