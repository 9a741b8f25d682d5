// The public pages about a site: what is received, kept and never kept, and the preview. In French.
import type { TransparencyWords } from '../en/transparency.ts'
import { FORMATS } from '../format.ts'
import { rich } from '../rich.ts'
import { general } from './general.ts'

const { sayCount, sayList, plural } = FORMATS.fr
const { ks } = general

const of = (month: string) => (/^[ao]/.test(month) ? `d’${month}` : `de ${month}`)

export const transparency: TransparencyWords = {
  links: { name: 'À propos du comptage', page: 'Ce qui est conservé', preview: 'Votre aperçu' },
  failure: 'Cette page n’a pas pu être affichée. Réessayez dans une minute.',

  title: (site) => `Ce que ${site} compte`,
  heading: (site) => `Ce que ${site} conserve de votre visite`,
  lead: (site) =>
    `${site} compte les visites avec Sundial, qui connaît l’heure, pas le visiteur. Cette page est faite par le programme qui compte, à partir de sa propre liste de ce qu’il peut conserver, des réglages de ce site et de la base de données telle qu’elle est maintenant.`,
  made: (moment) => `Établi le ${moment}.`,
  contents: 'Sommaire',
  sections: {
    short: 'En bref',
    received: 'Ce que votre navigateur envoie',
    stored: 'Ce qui est stocké',
    attributes: 'Selon quels attributs',
    never: 'Ce qui n’est jamais collecté',
    fives: 'Comment on compte',
    periods: 'Combien de temps c’est conservé',
    responsible: 'Qui est responsable',
    refuse: 'Comment ne pas être compté',
    limits: 'Les limites, honnêtement',
    check: 'Vérifiez vous-même',
  },

  short: {
    nobody: {
      title: 'Aucune personne, aucun appareil',
      sentences:
        'Aucun cookie, aucune empreinte, aucun identifiant. Rien de ce qui est conservé ne vous distingue de qui que ce soit.',
    },
    counted: (k) => ({
      title: `Seulement par ${ks[k].many}`,
      sentences: `Une page, une source, un pays ou toute autre chose qui a un nom n’est stockée qu’une fois comptée ${ks[k].one} fois, et alors par groupes entiers de ${ks[k].many}.`,
    }),
    hour: {
      title: 'L’heure, pas l’instant',
      sentences:
        'Les visites ont une heure, tout ce qui a un nom a un jour. Les durées sont des intervalles, le pays est le lieu le plus précis.',
    },
    ends: (anonymizationDays, retentionDays) => ({
      title: 'Cela prend fin',
      sentences: `${plural(anonymizationDays, 'jour', 'jours')} après la fin d’un mois, ses heures deviennent des jours et ses jours deviennent un mois. ${plural(retentionDays, 'jour', 'jours')} après son début, il n’en reste rien.`,
    }),
  },

  received: {
    message: (longest, preview) =>
      rich`Un message d’au plus ${sayCount(longest)} octets part quand une page s’ouvre, quand du temps actif est signalé et quand il se passe quelque chose que le site compte. ${preview('Voyez les octets exacts que votre navigateur enverrait')}. Voici ses champs et ce qu’ils deviennent ; tout autre champ est ignoré.`,
    fields: ['Champ', 'Ce qu’il dit', 'Ce qu’il devient'],
    around: 'Autour du message',
    request:
      'Les navigateurs en disent plus à chaque requête. Voici ce qui en est lu ; le reste, comme les langues, n’est pas regardé. Les cookies ne sont pas du tout envoyés.',
    language:
      'Ces pages sur le comptage, elles, regardent les langues, pour s’afficher dans la vôtre, et n’en conservent rien.',
    facts: ['De la requête', 'Ce que cela dit', 'Ce que cela devient'],
  },

  stored: {
    lead: 'Tout est ici. Aucune ligne ne représente un visiteur, une visite ou un événement : chacune est une somme sur tout le monde. Il y a trois tables.',
    columns: ['Colonne', 'Ce qu’elle dit', 'Exemple'],
    elsewhere: 'Ailleurs',
    places: ['Où', 'Quoi', 'Combien de temps'],
  },

  attributes: {
    lead: (counts) =>
      rich`Une ligne de ${counts('counts')} dit combien de fois une valeur d’un attribut a été comptée un jour donné. La dernière colonne dit combien de fois une valeur doit venir en un mois civil avant que son nom soit écrit.`,
    head: ['Attribut', 'Tiré de', 'Exemple', 'Nommé après'],
    times: (n) => `${sayCount(n)} fois`,
    notHere: 'Non compté ici',
    pairs: (pairs) =>
      `Ces paires sont comptées ensemble, une fois que les deux valeurs ont un nom : ${pairs.join(', ')}. Jamais plus de deux attributs ne figurent sur une ligne.`,
    queryParameters: (values) => rich`Paramètres d’adresses qui restent dans la page : ${values('aucun.')}`,
    properties: (values) => rich`Propriétés d’événement que ce site compte : ${values('aucune.')}`,
    pathPatterns: (values) => rich`Parties de chemins que ce site masque en plus : ${values('aucune.')}`,
    pathExceptions: (values) =>
      rich`Parties de chemins que ce site montre bien qu’elles semblent personnelles : ${values('aucune.')}`,
    hosts: (values) => rich`Hôtes dont les pages sont comptées : ${values('aucun.')}`,
  },

  never: 'Rien de cela n’est stocké, journalisé ni mis dans un message d’erreur :',

  fives: {
    example: (k) =>
      `Ici, k vaut ${k}. Supposons qu’une page soit vue pour la première fois ce mois-ci. Rien de lisible n’en est écrit : il y a un hachage à clé et le nombre 1. À la ${ks[k].ordinal} vue, le nom de la page et le nombre ${k} avancent ensemble, et c’est seulement quand ${ks[k].one} visites de plus sont venues qu’ils atteignent la base de données, pour que personne ne puisse les rattacher à une visite. Le nombre suivant qui peut s’y trouver est ${2 * k}.`,
    rest: (k) =>
      `Ce qui n’a pas été compté ${ks[k].one} fois quand le mois finit est additionné sans son nom, sous « (other) », là encore par groupes entiers de ${ks[k].many}, et la clé des hachages est détruite.`,
    freeText: (attributes) =>
      `Les textes qu’un lien ou le site peut choisir librement doivent venir deux fois plus souvent : ${sayList(attributes)}, et les sources qui sont un tel texte.`,
    profile: (label) => `Le profil de ce site est « ${label} ».`,
    strata: (of, atLeast) =>
      `Le pays et la famille de navigateurs d’une visite sont hachés, avec le compteur, en une de ${of} strates, et un texte n’est écrit qu’une fois compté dans ${atLeast} d’entre elles : ce qui vient d’un seul navigateur dans un seul pays garde son texte pour soi, aussi souvent qu’il vienne. Comme le compteur fait partie du hachage, les strates de compteurs différents ne peuvent pas être comparées.`,
    atMidnight: 'Ce qui peut sortir va dans la base de données une fois par jour, dans l’heure après minuit.',
    timezone: (timezone) => `Les heures et les jours sont ceux du fuseau ${timezone}.`,
  },

  periods: {
    head: ['Durée', 'Ce qui se passe', 'Après', 'En vigueur depuis'],
    anonymization: 'Anonymisation',
    generalized: (month, day) =>
      `Les heures deviennent des jours, les comptages nommés des mois. Ce qui est compté en ${month} : le ${day}`,
    fromEnd: (days) => `${plural(days, 'jour', 'jours')} à compter de la fin du mois`,
    retention: 'Conservation',
    ended: (month, day) => `Tout prend fin. Ce qui est compté en ${month} : le ${day}`,
    fromBeginning: (days) => `${plural(days, 'jour', 'jours')} à compter du début du mois`,
    notOnRecord: 'Non consigné',
    beingPutInForce: 'En cours de mise en vigueur',
    offTheDisk:
      'Ce qui a pris fin ne peut plus être lu à partir de ce jour. Cela quitte le disque environ une heure et quart plus tard, plus le temps que la base de données met à fusionner. Les durées peuvent être raccourcies pour ce qui a déjà été compté, jamais allongées.',

    oldest: 'Les lignes les plus anciennes maintenant',
    silent: 'La base de données ne répond pas maintenant. Réessayez dans une minute.',
    tables: ['Table', 'La plus ancienne lisible', 'La plus ancienne sur le disque', 'Prochaine à prendre fin'],
    noRow: 'Aucune ligne',
    noneReplaced:
      'Aucun fichier remplacé d’un mois antérieur n’attend encore d’être retiré ; ceux de ce mois sont remplacés à mesure que les comptages arrivent, et retirés en quelques minutes.',
    replaced: (month) =>
      `Des fichiers remplacés attendent encore d’être retirés, une affaire de minutes. Le plus ancien contient des lignes ${of(month)}, de ce site ou d’un autre qui est compté ici.`,
    read: (moment) =>
      `Lu le ${moment}. Ce qui date de moins de deux jours n’apparaît pas ici, pour que personne ne puisse regarder les visites arriver.`,

    changes: 'Suppressions et modifications',
    lastDeletion: (act, moment) => `La dernière par un opérateur : ${act}, ${moment}.`,
    noDeletion: 'Aucun opérateur n’a supprimé ni anonymisé quoi que ce soit avant l’échéance.',
    byDatabase: 'La base de données supprime elle-même, chaque heure, ce qui atteint sa date.',
    ledgerSilent: 'Ce qui a été modifié ne peut pas être lu maintenant. Réessayez dans une minute.',
    log: ['Quand', 'Ce qui a été modifié'],
    acts: {
      added: 'Le site a été ajouté',
      changed: 'Modifié',
      shortened: 'Raccourci, aussi pour ce qui était déjà compté',
      lengthened: 'Allongé, pour ce qui est compté à partir de là',
      anonymized: 'Tous les comptages ont été anonymisés avant l’échéance',
      deleted: 'Tous les comptages ont été supprimés',
    },
    settings: {
      domain: 'nom',
      hosts: 'hôtes',
      timezone: 'fuseau horaire',
      k: 'k',
      profile: 'profil',
      anonymizationDays: 'durée avant anonymisation',
      retentionDays: 'durée de conservation',
      queryParameters: 'paramètres qui restent',
      properties: 'propriétés d’événement',
      pathPatterns: 'motifs de chemins',
      pathExceptions: 'exceptions de chemins',
      browserFamilies: 'familles de navigateurs',
      controller: 'responsable du traitement',
      processors: 'sous-traitants',
      public: 'qui peut lire les statistiques',
      goals: 'objectifs',
    },
    actOn: (act, settings) => `${act} : ${sayList(settings)}`,
    ofNoRows: (act) => `${act} (il n’y en avait aucun)`,
    ofRows: (act, before, after) => `${act} (${plural(before, 'ligne', 'lignes')}, devenues ${sayCount(after)})`,
  },

  responsible: {
    controller: 'Responsable du traitement',
    unsaid: (site) => `${site} ne l’a pas dit ici. Sa politique de confidentialité devrait le dire.`,
    processors: 'Sous-traitants et où ils se trouvent',
    none: 'Aucun n’a été nommé.',
  },

  refuse: {
    how: (command) =>
      rich`Activez Global Privacy Control ou Do Not Track dans votre navigateur : le script n’envoie alors rien, et le collecteur ne compterait rien. Ou ouvrez la console de votre navigateur sur le site et exécutez ${command('localStorage.sundial_ignore = 1')}. Comme rien de ce qui est conservé n’est lié à vous, il n’y a ensuite rien de vous à trouver, à corriger ou à supprimer.`,
    reasons:
      'Un message reçoit une réponse sans être compté pour ces seules raisons, à part celui qui ne peut pas être lu :',
    reason: ['Raison', 'Ce qu’elle signifie'],
    owner: (k) =>
      `D’une partie de cela, le propriétaire du site voit combien de fois c’est venu, par raison et par heure, par groupes entiers de ${ks[k].many} et jamais de qui. De qui s’est opposé, rien du tout n’est compté :`,
    countedAs: ['Compté comme', 'Ce que cela signifie'],
    limit: (perMinute) =>
      `Plus de ${perMinute} messages par minute depuis une adresse pour un site sont refusés, sauf si l’opérateur a fixé un autre nombre.`,
  },

  limits: 'Ce que tout cela ne couvre pas :',

  check: (json, file) =>
    rich`La même chose sous forme de données : ${json(file)}. On y trouve un hachage de toutes les tables et colonnes ; qui peut regarder dans la base de données peut le comparer. Le code source de Sundial est ouvert.`,

  preview: {
    title: (site) => `Ce que votre navigateur enverrait à ${site}`,
    heading: 'Ce que votre navigateur enverrait maintenant',
    lead: (site, bold) =>
      rich`Ici tourne le script même que portent les pages de ${site}, à une différence près : ce qu’il enverrait est montré à la place. Les compteurs viennent du code du collecteur lui-même, qui tourne lui aussi dans votre navigateur. ${bold('Rien ne quitte votre navigateur')} : la politique de sécurité de cette page interdit toute connexion à ses scripts.`,
    wait: 'Restez ici dix secondes, ou passez à un autre onglet et revenez : ce qui serait alors envoyé apparaît aussi ci-dessous.',
    noScript: 'Cette page a besoin de JavaScript',
    soDoesCounting: (page) =>
      rich`Le comptage aussi : sans JavaScript, votre navigateur n’envoie rien à ce Sundial et n’est pas compté. ${page('Ce qui est conservé')} peut se lire sans.`,
    unknown: (code) =>
      rich`Ce que cette page ne peut pas savoir : si vous avez défini ${code('sundial_ignore')} dans ce navigateur sur le site, auquel cas rien n’est envoyé, et comment la balise du site est réglée. Est montré le script simple, qui ne stocke rien sur votre appareil ; avec ${code('data-session="tab"')}, il conserve les secondes actives, le premier référent et l’adresse de la page d’entrée avec sa requête dans sessionStorage jusqu’à ce que l’onglet soit fermé, et les transmet ensuite. De cette adresse, envoyée avec les événements, le collecteur ne garde que le chemin et la source.`,
  },
}
