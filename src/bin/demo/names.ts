/** Names of one language, in its own script, and how its people are written in a login. */
export interface NameStock {
  readonly language: string;
  /** Out of a hundred people. */
  readonly share: number;
  readonly given: readonly (readonly [name: string, login: string])[];
  readonly family: readonly (readonly [name: string, login: string])[];
}

/** `Name` for a name that is its own login, `Name/login` for one that is not. */
function names(list: string): readonly (readonly [string, string])[] {
  return list.split(' ').map((entry) => {
    const [name = '', login = name] = entry.split('/');
    return [name.replaceAll('_', ' '), login.toLowerCase().replaceAll('_', '')];
  });
}

/** Invented people: any likeness comes from common names. */
export const NAME_STOCKS: readonly NameStock[] = [
  {
    language: 'sv',
    share: 34,
    given: names(
      'Åsa/asa Björn/bjorn Elin Gösta/gosta Håkan/hakan Karin Lars Märta/marta Nils Östen/osten Saga Ture Ylva Zäta/zata Anna-Lena',
    ),
    family: names(
      'Åkesson/akesson Bergström/bergstrom Ekdahl Forsgren Hägg/hagg Lindqvist Nyström/nystrom Öberg/oberg Sandström/sandstrom Wåhlin/wahlin Söderlund/soderlund',
    ),
  },
  {
    language: 'en',
    share: 22,
    given: names(
      "Alice Conor Dilys Ewan Fiona Gareth Hazel Imogen Niamh Owen Siobhán/siobhan Zoë/zoe Mary-Jane D'Arcy/darcy",
    ),
    family: names(
      "Ashdown Blackwood Carrow O'Dwyer/odwyer Fairleigh Hartnell MacAuley Penrose St_John/stjohn Thistlewood Whitcombe",
    ),
  },
  {
    language: 'de',
    share: 9,
    given: names('Jürgen/juergen Käthe/kaethe Heinrich Lieselotte Uwe Günther/guenther Anke Sören/soeren'),
    family: names(
      'Weiß/weiss Müllenkamp/muellenkamp Größler/groessler Schäfer/schaefer von_Thalheim Dörfler/doerfler',
    ),
  },
  {
    language: 'pt',
    share: 6,
    given: names('Inês/ines João/joao Conceição/conceicao Tomás/tomas Luísa/luisa Gonçalo/goncalo'),
    family: names(
      'Figueirão/figueirao Assunção/assuncao Magalhães/magalhaes da_Conceição/daconceicao Teixeira',
    ),
  },
  {
    language: 'pl',
    share: 6,
    given: names('Łucja/lucja Grażyna/grazyna Zbigniew Małgorzata/malgorzata Świętosław/swietoslaw Jadwiga'),
    family: names(
      'Wiśniewicz/wisniewicz Żurawski/zurawski Łęcka/lecka Brzęczek/brzeczek Kościelny/koscielny',
    ),
  },
  {
    language: 'uk',
    share: 6,
    given: names('Олена/olena Тарас/taras Соломія/solomiia Богдан/bohdan Ярина/yaryna'),
    family: names('Коваленчук/kovalenchuk Гриневич/hrynevych Їжакевич/yizhakevych Заболотна/zabolotna'),
  },
  {
    language: 'el',
    share: 4,
    given: names('Ελένη/eleni Νίκος/nikos Δέσποινα/despoina Γιώργος/giorgos'),
    family: names('Παπαδάκη/papadaki Καλογήρου/kalogirou Βασιλειάδης/vasileiadis'),
  },
  {
    language: 'ar',
    share: 4,
    given: names('ليلى/layla يوسف/yusuf نورة/noura كريم/karim'),
    family: names('الحداد/alhaddad النجار/alnajjar الخطيب/alkhatib'),
  },
  {
    language: 'ja',
    share: 4,
    given: names('美咲/misaki 健太/kenta さくら/sakura 陽菜/hina'),
    family: names('小野寺/onodera 五十嵐/igarashi 早乙女/saotome'),
  },
  {
    language: 'vi',
    share: 5,
    given: names('Thủy/thuy Đức/duc Ngọc/ngoc Hiếu/hieu'),
    family: names('Nguyễn/nguyen Trần/tran Đặng/dang Phạm/pham'),
  },
];
