/** Districts as people type them: any of four languages, former names, romanised, beside other words, with slips. */
import { join } from 'node:path';
import { DISTRICTS_A_PAGE, placesOf } from '../../flows/places';
import { loadContent } from '../../src/content';

const content = loadContent(join(__dirname, '../../content'));
const places = placesOf(content);

/** `id: typed | typed`, ids without their state. */
const TYPED: Record<string, string> = {
  WB: `
    murshidabad: murshidabad | mursidabad | murshidabaad | MURSHIDABAD | মুর্শিদাবাদ | মুরশিদাবাদ | मुर्शिदाबाद | murshidabad zila | Berhampore
    nadia: nadia | nodia | নদীয়া | নদিয়া জেলা | krishnanagar
    purulia: purulia | puruliya | purulya | পুরুলিয়া | पुरुलिया
    north-24-parganas: north 24 parganas | uttar 24 pargana | উত্তর ২৪ পরগনা | North 24 Pgs | barasat
    purba-bardhaman: burdwan | bardhaman | bardwan | বর্ধমান
    kolkata: kolkata | calcutta | kolkatta | কলকাতা | कलकत्ता`,
  UP: `
    sitapur: sitapur | sitapr | seetapur | sitapur district | सीतापुर | सितापुर | सीतापुर जिला | সীতাপুর | zila sitapur
    lucknow: lucknow | lakhnau | luknow | लखनऊ | lacknow
    banda: banda | बाँदा | बांदा | বান্দা
    mahoba: mahoba | महोबा | mohoba
    prayagraj: prayagraj | allahabad | illahabad | इलाहाबाद | प्रयागराज
    varanasi: varanasi | banaras | वाराणसी | benares | varansi
    kushinagar: kushinagar | kushi nagar | कुशीनगर`,
  UK: `
    almora: almora | almorah | अल्मोड़ा | almoda
    dehradun: dehradun | dehra dun | देहरादून | dehradoon
    pauri-garhwal: pauri | pauri garhwal | पौड़ी | paudi
    udham-singh-nagar: udham singh nagar | उधम सिंह नगर | rudrapur`,
  OD: `
    ganjam: ganjam | ଗଞ୍ଜାମ | गंजाम | ganjaam | ganjam jilla
    koraput: koraput | କୋରାପୁଟ | koraputt | କୋରାପୁଟ ଜିଲ୍ଲା
    khordha: khordha | khurda | bhubaneswar | ଖୋର୍ଦ୍ଧା
    balasore: balasore | baleswar | ବାଲେଶ୍ୱର`,
  MP: `
    rewa: rewa | riwa | रीवा
    gwalior: gwalior | gwaliar | ग्वालियर
    jabalpur: jabalpur | jablpur | जबलपुर
    indore: indore | indor | इंदौर`,
  RJ: `
    udaipur: udaipur | udaypur | उदयपुर
    jaipur: jaipur | jaypur | जयपुर
    alwar: alwar | अलवर | alvar`,
  JH: `
    ranchi: ranchi | राँची | रांची | rachi
    dumka: dumka | दुमका | dumkaa
    hazaribagh: hazaribagh | hazaribag | hajaribag | हज़ारीबाग`,
};

const rows = Object.entries(TYPED).flatMap(([state, table]) =>
  table
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [, id = '', typed = ''] = /^\s*([\w-]+): (.*)$/.exec(line) ?? [];
      return typed.split(' | ').map((text) => [state, text.trim(), `${state}-${id}`] as const);
    }),
);

test.each(rows)('%s: "%s" is %s', (state, typed, id) => {
  expect(places.findDistrict(state, typed)).toEqual([id]);
});

test.each([
  ['WB', 'dinajpur', ['WB-dakshin-dinajpur', 'WB-uttar-dinajpur']],
  ['WB', '24 parganas', ['WB-north-24-parganas', 'WB-south-24-parganas']],
  ['JH', 'singhbhum', ['JH-east-singhbhum', 'JH-west-singhbhum']],
  ['UP', 'xyzabc', []],
  ['UP', '', []],
  ['UP', '🙂', []],
  ['UP', 'kolkata', []],
  ['UP', 'nahi', []],
  ['UP', 'zila', []],
  [undefined, 'sitapur', []],
])('%s: "%s" may be %p', (state, typed, ids) => {
  expect([...places.findDistrict(state, typed)].sort()).toEqual(ids);
});

const all = content.states.flatMap((state) => state.districts.map((district) => ({ state, district })));

test('every district is found by its own name in each language, and by every alias', () => {
  const lost = all.flatMap(({ state, district }) =>
    [...Object.values(district.name), ...district.aliases].filter(
      (name) => !places.findDistrict(state.id, name).includes(district.id),
    ),
  );
  expect(lost).toEqual([]);
});

test('one letter left out of a long name still finds the district, alone or among the suggestions', () => {
  const lost = all.flatMap(({ state, district }) => {
    const name = district.name.en;
    if (name.length < 7) return [];
    return Array.from(name.slice(1), (_, index) => name.slice(0, index + 1) + name.slice(index + 2)).filter(
      (typed) => !places.findDistrict(state.id, typed).includes(district.id),
    );
  });
  expect(lost).toEqual([]);
});

test('pages go through all districts once, then begin again', () => {
  const count = content.states.find(({ id }) => id === 'UP')!.districts.length;
  const pages = Math.ceil(count / DISTRICTS_A_PAGE);
  const shown = Array.from({ length: pages }, (_, page) => places.districtPage('UP', page)).flat();
  const ids = shown.map(({ id }) => id).filter((id) => id !== 'more');
  expect(new Set(ids).size).toBe(count);
  expect(ids.length).toBe(count);
  expect(places.districtPage('UP', 0).at(-1)?.id).toBe('more');
  expect(places.districtPage(undefined, 3)).toEqual([]);
});
