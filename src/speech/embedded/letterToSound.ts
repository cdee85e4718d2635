/**
 * English spelling to ARPABET, the longest spelling first. `$` is the end of a word, `^` its beginning.
 * Rough on purpose: it serves names and new words that no dictionary has, and a recogniser that is told
 * roughly how a word sounds still finds it among the few that it listens for.
 */
const RULES: readonly (readonly [spelling: string, sound: string])[] = [
  ...rules('tion:SH AH N sion:ZH AH N ture:CH ER ough:AO ought:AO T aught:AO T eigh:EY igh:AY'),
  ...rules('sch:S K tch:CH dge:JH ch:CH sh:SH th:TH ph:F wh:W gh:G ck:K qu:K W ng$:NG ng:NG G nk:NG K'),
  ...rules('^kn:N ^wr:R ^ps:S ^gn:N ^x:Z mb$:M sc:S K'),
  ...rules('ee:IY ea:IY ie$:IY ie:IY oo:UW ou:AW ow:OW oi:OY oy:OY ai:EY ay:EY au:AO aw:AO ei:EY ey:IY'),
  ...rules('oa:OW eu:UW ew:UW ue:UW ui:UW ia:IY AH io:IY OW'),
  ...rules('air:EH R ear:IH R oor:AO R our:AW R ar:AA R er:ER ir:ER ur:ER or:AO R re$:ER'),
  ...rules('a$:AH e$: i$:IY o$:OW u$:UW y$:IY ^y:Y es$:Z ed$:D le$:AH L'),
  ...rules('ce:S EH ci:S IH cy:S IY ge:JH EH gi:JH IH cc:K bb:B dd:D ff:F gg:G kk:K ll:L mm:M nn:N'),
  ...rules('pp:P rr:R ss:S tt:T vv:V zz:Z'),
  ...rules('a:AE b:B c:K d:D e:EH f:F g:G h:HH i:IH j:JH k:K l:L m:M n:N o:AA p:P q:K r:R s:S t:T u:AH'),
  ...rules("v:V w:W x:K S y:IH z:Z ':"),
].sort(([a], [b]) => length(b) - length(a));

/**
 * Guesses how a word is said.
 * @param word lower case letters a–z and apostrophes.
 * @returns phones such as `B UH K`, or nothing when the word has other characters or no sound at all.
 */
export function letterToSound(word: string): string | undefined {
  if (!/^[a-z']+$/.test(word)) {
    return undefined;
  }
  // A silent final e makes the vowel before its consonant long.
  const spelled = `^${word}$`.replace(
    /([aiou])([bcdfgklmnpstvz])e(s?)\$/,
    (_, vowel: string, rest, s) => `${vowel.toUpperCase()}${String(rest)}${String(s)}$`,
  );
  const sounds: string[] = [];
  let at = 0;
  while (at < spelled.length) {
    const long = LONG.get(spelled[at] ?? '');
    const rule = RULES.find(([spelling]) => spelled.startsWith(spelling, at));
    if (long !== undefined) {
      sounds.push(long);
      at += 1;
    } else if (rule === undefined) {
      at += 1;
    } else {
      sounds.push(rule[1]);
      at += rule[0].length;
    }
  }
  const phones = sounds.filter((sound) => sound !== '').join(' ');
  return phones === '' ? undefined : phones;
}

const LONG = new Map([
  ['A', 'EY'],
  ['I', 'AY'],
  ['O', 'OW'],
  ['U', 'UW'],
]);

function rules(list: string): [string, string][] {
  return list.split(/ (?=[\^a-z'$]+:)/).map((rule) => {
    const [spelling = '', sound = ''] = rule.split(':');
    return [spelling, sound];
  });
}

function length(spelling: string): number {
  return spelling.replaceAll(/[\^$]/g, '').length + (/[\^$]/.test(spelling) ? 0.5 : 0);
}
