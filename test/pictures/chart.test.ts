import { renderChart, type BarChart } from '../../src/pictures';
import { chartSvg } from '../../src/pictures/chart';
import { createTypesetter, type Typesetter } from '../../src/pictures/typesetter';

const CHART: BarChart = {
  title: 'सक्रिय साथी, हफ़्ते-दर-हफ़्ते',
  place: 'उत्तर प्रदेश',
  bars: [
    { label: '5/1', value: 10 },
    { label: '12/1', value: undefined },
    { label: '19/1', value: 0 },
    { label: '26/1', value: 5 },
  ],
  hidden: '<5',
  campaign: 'एक साथ',
};

let type: Typesetter;
beforeAll(async () => {
  type = await createTypesetter();
});

const heights = (svg: string) =>
  [...svg.matchAll(/<rect [^>]*height="([\d.]+)" rx="6"/g)].map(([, height]) => Number(height));

test('bars stand in proportion to their values, and a hidden one has no height', () => {
  expect(heights(chartSvg(type, CHART))).toEqual([360, 0, 0, 180]);
});

test('a chart of nothing has no bars and is no fault', () => {
  const bars = CHART.bars.map(({ label }) => ({ label, value: 0 }));
  expect(heights(chartSvg(type, { ...CHART, bars }))).toEqual([0, 0, 0, 0]);
});

test('a PNG, small enough for a village network, and the same each time', async () => {
  const [one, other] = [await renderChart(CHART), await renderChart(CHART)];
  expect(one.subarray(1, 4).toString()).toBe('PNG');
  expect(one.length).toBeLessThan(100_000);
  expect(one.equals(other)).toBe(true);
});
