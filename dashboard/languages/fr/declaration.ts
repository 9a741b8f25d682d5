// What Sundial says of itself in plain words, by the keys of the data contract. In French.
import type { DeclarationWords } from '../en/declaration.ts'

export const declaration: DeclarationWords = {
  received: {
    n: {
      says: 'Ce qui s’est passé : une page a été vue, du temps actif est signalé, ou le nom d’un événement du site',
      becomes: 'Décide de ce qui est compté. Le nom d’un événement devient l’attribut « Événement ».',
    },
    u: {
      says: 'Adresse de la page',
      becomes:
        'Son chemin devient les attributs « Page » et « Page d’entrée » ; ce qui y semble personnel est remplacé par des marqueurs. Les paramètres de campagne, ref et source deviennent les attributs de source et de campagne ; la présence de l’identifiant de clic d’un annonceur donne le canal « Paid », l’identifiant lui-même est écarté. Les paramètres que le site a choisis restent dans la page. Le reste de la requête est écarté, et le fragment aussi, là où il n’est pas l’adresse d’une page.',
    },
    d: {
      says: 'Le site, tel que sa balise de script le nomme',
      becomes: 'Trouve les réglages du site, puis est écarté. Les comptages portent le numéro du site.',
    },
    r: {
      says: 'D’où vous venez, pour autant que votre navigateur le dise',
      becomes:
        'La partie enregistrée de l’hôte devient un nom et un canal, les attributs « Source » et « Canal ». Le reste est écarté.',
    },
    p: {
      says: 'Propriétés d’un événement du site',
      becomes:
        'Celles que le site a déclarées deviennent l’attribut « Propriété d’événement », les nombres par intervalles. Toutes les autres sont écartées.',
    },
    s: {
      says: 'Les champs propres à Sundial, les six lignes suivantes ; d’autres scripts de mesure n’en envoient pas',
      becomes: 'Lus champ par champ, comme ci-dessous.',
    },
    's.v': {
      says: '1 si une visite commence avec cette page vue',
      becomes: 'Décide si une visite est comptée, puis est écarté.',
    },
    's.r': {
      says: '1 si la page a été rechargée, ou est venue par retour ou avance',
      becomes: 'Décide que seuls les totaux sont comptés, puis est écarté.',
    },
    's.e': {
      says: '1 si la visite est devenue active',
      becomes: 'Ajoute un aux visites actives, puis est écarté.',
    },
    's.g': {
      says: 'Secondes pendant lesquelles la page était visible et au premier plan : signalées avant, et maintenant',
      becomes: 'Transformées en bornes franchies, comme 10 s et 30 s. Les secondes sont écartées.',
    },
    's.t': {
      says: 'La même chose pour toute la visite',
      becomes: 'Transformées en bornes franchies. Les secondes sont écartées.',
    },
    's.l': {
      says: 'Adresse de la page où la visite a commencé ; seulement avec les événements du site. Si la balise du site porte data-session="tab", votre navigateur la garde avec sa requête dans sessionStorage jusqu’à ce que l’onglet soit fermé',
      becomes:
        'Son chemin devient l’attribut « Page d’entrée » de l’événement, traité comme celui d’une page ; ce que sa requête dit de la provenance de la visite devient la source et le canal de l’événement. Le reste est écarté.',
    },
  },
  request: {
    address: {
      says: 'Où envoyer la réponse',
      becomes:
        'Son pays est recherché (le réseau de Cloudflare le dit là où Sundial y tourne), et un hachage à clé de l’adresse limite les requêtes, en mémoire et pour une minute au plus. Puis elle est écartée : jamais stockée, jamais journalisée.',
    },
    proxiedAddress: {
      says: 'La même adresse, là où un proxy de l’opérateur se trouve devant',
      becomes: 'Comme ci-dessus.',
    },
    country: {
      says: 'Le pays, là où un tel proxy le connaît (le nom de l’en-tête est choisi par l’opérateur)',
      becomes: 'Devient l’attribut « Pays ».',
    },
    agent: {
      says: 'Le nom que le navigateur se donne',
      becomes:
        'Décide s’il s’agit d’un robot et, là où le site compte les familles de navigateurs, de quelle famille il s’agit ; dans le profil strict, la famille et le pays sont hachés ensemble en une de 16 strates. Les verdicts sont retenus en mémoire, liés à aucun site, aucun moment ni aucun événement. Puis il est écarté.',
    },
    brand: {
      says: 'La marque du navigateur',
      becomes: 'Décide s’il s’agit d’un navigateur automatisé, puis est écartée.',
    },
    objection: {
      says: 'Global Privacy Control et Do Not Track',
      becomes: 'Si l’un des deux dit 1, rien n’est compté.',
    },
    prefetch: {
      says: 'Si la page a seulement été chargée à l’avance',
      becomes:
        'Si oui, aucune visite ni aucune page vue n’est comptée, seulement que quelque chose a été chargé à l’avance. Puis écarté.',
    },
    length: {
      says: 'La longueur du message',
      becomes: 'Refuse ce qui est trop long, puis est écartée.',
    },
  },
  address: 'Adresse IP',
  tables: {
    hours: { keeps: 'visites par site et par heure locale du site, jusqu’à la date d’anonymisation' },
    days: { keeps: 'visites, pages vues, visites actives et événements par site et par jour local du site' },
    counts: {
      keeps:
        'comptages par attribut, en multiples entiers de k, par site et par jour, par mois à partir de la date d’anonymisation',
    },
  },
  columns: {
    site: { means: 'Numéro du site dans ce Sundial' },
    metric: { means: 'Ce qui est compté' },
    dimension: { means: 'L’attribut selon lequel on compte' },
    dimension2: { means: 'Un second attribut, pour les paires déclarées seulement ; sinon vide' },
    value: { means: 'La valeur de l’attribut' },
    value2: { means: 'La valeur du second attribut ; sinon vide' },
    month: { means: 'Premier jour du mois' },
    day: { means: 'Jour dans le fuseau horaire du site' },
    hour: { means: 'Heure de ce jour : aucun temps n’est plus fin' },
    visits: { means: 'Combien de visites ont commencé, exact' },
    pageviews: { means: 'Combien de pages ont été vues, exact' },
    engaged: { means: 'Combien de visites sont devenues actives, exact' },
    events: { means: 'Combien d’événements propres au site, exact' },
    n: { means: 'Combien de fois, un multiple entier de k' },
    generalize_on: { means: 'À partir de ce jour, les heures deviennent des jours et les jours des mois' },
    expire_on: { means: 'À partir de ce jour, la ligne n’est plus là' },
  },
  elsewhere: {
    waiting: {
      place: 'Comptages en attente',
      keeps:
        'Ce qui n’a pas encore été compté k fois : pour chacun un hachage à clé de 16 octets et un petit nombre, aucun texte, aucun jour ; dans le profil strict aussi dans lesquelles des 16 strates il a été compté, un bit chacune. Et les comptages en route vers les tables.',
      until: 'Jusqu’à la fin du mois civil, quand la clé des hachages est détruite',
    },
    journal: {
      place: 'Journal',
      keeps:
        'Ce que les messages d’un instant ont ajouté, pour qu’aucune coupure de courant ne le perde : les mêmes hachages dans l’ordre des hachages, et des totaux. Sur un site calme, un instant contient un message.',
      until: 'Une minute au plus, tant que le collecteur tourne',
    },
    settings: {
      place: 'Réglages',
      keeps: 'Comment ce site est compté, et ce qui a été changé et quand. Rien d’aucun visiteur.',
      until: 'Jusqu’à ce que l’opérateur les retire ; ce qui a été changé reste consigné',
    },
    memory: {
      place: 'En mémoire seulement',
      keeps:
        'Un hachage à clé de l’adresse, pour limiter les requêtes ; des verdicts sur les noms de navigateurs, liés à aucun site, aucun moment ni aucun événement',
      until: 'Une minute pour le hachage ; pour les verdicts, jusqu’à ce que d’autres prennent leur place',
    },
  },
  dimensions: {
    page: {
      label: 'Page',
      from: 'URL de la page : son chemin ; la requête et le fragment sont écartés, les parties qui semblent personnelles deviennent des marqueurs',
    },
    entry_page: {
      label: 'Page d’entrée',
      from: 'URL de la page sur laquelle une visite commence, traitée comme une page',
    },
    source: {
      label: 'Source',
      from: 'hôte du référent tel qu’il a été enregistré, ou utm_source, ref ou source dans l’URL ; le reste du référent est écarté',
    },
    channel: { label: 'Canal', from: 'source et utm_medium, rangés dans une liste fermée' },
    utm_source: { label: 'Source de campagne', from: 'utm_source dans l’URL' },
    utm_medium: { label: 'Support de campagne', from: 'utm_medium dans l’URL' },
    utm_campaign: { label: 'Campagne', from: 'utm_campaign dans l’URL' },
    utm_term: { label: 'Terme de campagne', from: 'utm_term dans l’URL' },
    utm_content: { label: 'Contenu de campagne', from: 'utm_content dans l’URL' },
    country: { label: 'Pays', from: 'adresse IP de la requête : son pays ; l’adresse est ensuite écartée' },
    event: { label: 'Événement', from: 'nom d’un événement personnalisé' },
    property: {
      label: 'Propriété d’événement',
      from: 'une propriété d’un événement personnalisé que le site a déclarée, sous la forme nom=valeur',
    },
    hour: {
      label: 'Heure de la journée',
      from: 'moment de la requête dans le fuseau horaire du site : son heure',
    },
    page_interval: {
      label: 'Temps actif d’une page vue',
      from: 'secondes actives que le navigateur signale pour une page vue : les bornes qu’elles ont franchies',
    },
    session_interval: {
      label: 'Temps actif d’une visite',
      from: 'secondes actives que le navigateur signale pour une session : les bornes qu’elles ont franchies',
    },
    browser: {
      label: 'Famille de navigateurs',
      from: 'agent utilisateur : une famille d’une liste fermée, sans version ; l’agent utilisateur est ensuite écarté',
    },
    reason: {
      label: 'Raison de ne pas compter',
      from: 'ce qui n’a pas été compté, comme la requête d’un robot : pourquoi, d’après une liste fermée',
    },
    dropped_hour: {
      label: 'Heure de ce qui n’est pas compté',
      from: 'moment de ce qui n’a pas été compté, dans le fuseau horaire du site : son heure',
    },
  },
  profiles: {
    standard: {
      label: 'Standard',
      meaning: 'Tout ce que prévoit le contrat de données, compté par cinq ou plus.',
    },
    strict: {
      label: 'Strict',
      meaning:
        'Compté par dix ou plus, nommé seulement quand des visites d’au moins trois sortes (par pays et famille de navigateurs) sont venues, envoyé une fois par jour après minuit ; aucune campagne, les sources comme hôtes seulement.',
    },
    cnil: {
      label: 'CNIL',
      meaning:
        'Ce que demande l’exemption française pour la mesure d’audience : aucune campagne, aucun événement par source, les sources comme hôtes seulement.',
    },
  },
  dropReasons: {
    unknown_site: 'le domaine de l’événement n’est celui d’aucun site de ce Sundial',
    foreign_host: 'l’hôte de la page n’est pas un des hôtes du site',
    opted_out: 'le navigateur a envoyé Global Privacy Control ou Do Not Track',
    bot: 'l’agent utilisateur manque ou est celui d’un robot, le navigateur est automatisé, ou la page a seulement été chargée à l’avance',
    reserved_event: 'le nom de l’événement est réservé aux rapports de Sundial lui-même',
    nothing_to_count: 'le rapport n’a franchi aucune borne d’intervalle',
  },
  dropped: {
    bot_agent: 'requêtes de robots, d’après leur agent utilisateur',
    bot_headless: 'requêtes de navigateurs automatisés',
    bot_no_agent: 'requêtes sans agent utilisateur',
    bot_unseen: 'pages seulement chargées à l’avance ou montrées en aperçu',
    foreign_host: 'événements de pages sur d’autres hôtes',
    reserved_event: 'événements avec un nom réservé',
    undeclared_property: 'événements avec des propriétés que le site n’a pas déclarées',
    not_a_number: 'événements avec un texte là où le site a déclaré un nombre',
  },
  never: {
    addresses: 'Adresses IP, ou quoi que ce soit qui en serait calculé, hormis le pays',
    cookies: 'Cookies, ou tout identifiant sur votre appareil',
    identifiers:
      'Identifiants de personnes, de visites, de sessions ou d’événements ; hachages de personnes ; empreintes',
    devices: 'Noms de navigateurs avec leur version, systèmes d’exploitation, appareils, écrans, langues',
    places: 'Villes, régions ou coordonnées : le pays est le lieu le plus précis',
    times: 'Moments plus fins que l’heure, durées en secondes',
    paths: 'Quelles pages un visiteur a vues, ou dans quel ordre',
    gestures: 'Ce que vous tapez, où vous bougez ou cliquez, enregistrements de votre écran',
    queries:
      'Référents au-delà de leur hôte, requêtes d’URL au-delà des paramètres de campagne et de ceux que le site a choisis, fragments au-delà de ceux qui sont l’adresse d’une page',
    crossSite: 'Quoi que ce soit d’un site à l’autre',
  },
  limits: {
    fives:
      'Les groupes de cinq sont des visites ou des vues, pas des personnes. Une seule personne peut être à l’origine des cinq.',
    totals:
      'Les totaux ne portent aucun attribut et sont exacts. Une heure où une visite est venue montre qu’une visite est venue, et qui regarde les nombres en direct voit qu’elle est venue.',
    madeUp: 'Qui envoie des événements inventés et observe les nombres peut apprendre si d’autres sont venus aussi.',
    guesses:
      'Qui détient à la fois le secret de hachage et les comptages en attente peut vérifier des suppositions sur ce qui attend.',
    address:
      'Le collecteur voit votre adresse IP pendant les millisecondes d’une requête. Internet ne fonctionne pas sans cela.',
    provider:
      'Un hébergeur tient ses propres journaux et son propre historique. Cloudflare, par exemple, peut ramener ses bases de données 30 jours en arrière.',
    backups:
      'Une sauvegarde faite par l’opérateur garde ce qui a pris fin depuis, jusqu’à ce qu’elle soit supprimée. Une fois restaurée, cela prend fin à nouveau avant que quiconque puisse le lire.',
  },
}
