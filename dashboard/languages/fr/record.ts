// The record of processing activities of Article 30 GDPR, in the regulation's own terms. In French.
import type { RecordWords } from '../en/record.ts'
import { FORMATS } from '../format.ts'
import { rich } from '../rich.ts'
import { general } from './general.ts'

const { sayList, plural } = FORMATS.fr
const { ks } = general

export const record: RecordWords = {
  title: (site) => `Registre des traitements : mesure d’audience de ${site}`,
  heading: 'Registre des activités de traitement',
  of: (site, moment) => `Article 30, paragraphe 1, du RGPD · Mesure d’audience de ${site} · établi le ${moment}`,
  hint: 'Établi à partir des réglages de ce site et de ce que le programme peut conserver. Imprimez-le et remplissez les champs vides : seul le responsable du traitement les connaît. C’est une aide, pas un conseil juridique.',
  toFill: 'À remplir par le responsable du traitement',

  point: (letter) => `point ${letter})`,
  article6: 'Art. 6 du RGPD',
  note: 'Remarque',

  controller: 'Responsable du traitement, nom et coordonnées',
  jointController: 'Responsable conjoint du traitement, le cas échéant',
  representative: 'Représentant dans l’Union, le cas échéant',
  officer: 'Délégué à la protection des données, le cas échéant',
  purposes: {
    title: 'Finalités',
    measuring: (site) =>
      `Mesurer l’audience de ${site} : combien il y a de visites et de pages vues, d’où elles viennent, quelles pages et quels événements elles concernent, et combien de temps les pages sont lues, en sommes sur tous les visiteurs.`,
    further: 'Autres finalités, le cas échéant',
  },
  legalBasis: 'Base juridique (ne fait pas partie de l’article 30, mais est d’ordinaire notée ici)',
  subjects: {
    title: 'Catégories de personnes concernées',
    visitors: (hosts) => `Visiteurs de ${sayList(hosts)}.`,
  },
  data: {
    title: 'Catégories de données à caractère personnel',
    inTransit:
      'En transit, le temps d’une requête : adresse IP, agent utilisateur et en-têtes du navigateur sur les robots, le chargement à l’avance et les oppositions ; adresse de la page, référent, nom et propriétés des événements, secondes de temps actif. En mémoire, une minute au plus : un hachage à clé de l’adresse IP.',
    kept: (k, attributes) =>
      `Conservés : des totaux exacts des visites par heure et des visites, pages vues, visites actives et événements par jour, et des comptages par groupes entiers de ${ks[k].many} selon ces attributs : ${sayList(attributes)}. Une valeur qui n’a pas été comptée ${ks[k].one} fois dans le mois est conservée sous forme d’un hachage à clé et d’un nombre, son nom ne l’est pas.`,
    notCollected: (never) =>
      `Non collectés : ${never.map((line) => line.replace(/^\p{Lu}(?=\p{Ll})/u, (letter) => letter.toLowerCase())).join(' ; ')}.`,
  },
  special: {
    title: 'Catégories particulières de données (article 9)',
    none: 'Aucune n’est demandée. Les adresses des pages peuvent en révéler là où les pages du site le font.',
    assessment: 'Appréciation du responsable du traitement',
  },
  processors: 'Destinataires : sous-traitants et où ils se trouvent',
  recipients: {
    title: 'Autres destinataires',
    none: (page, address) =>
      rich`Le logiciel n’envoie rien à personne d’autre. La page qui explique tout cela, ${page(address)}, est publique.`,
    others: 'Toute autre personne à qui les chiffres sont donnés',
  },
  transfers: 'Transferts vers des pays tiers, et leurs garanties',
  erasure: {
    title: 'Délais prévus pour l’effacement',
    periods: (anonymizationDays, retentionDays) =>
      `Anonymisation, ${plural(anonymizationDays, 'jour', 'jours')} après la fin d’un mois : ses heures deviennent des jours, ses comptages nommés des mois. Conservation, ${plural(retentionDays, 'jour', 'jours')} après le début d’un mois : tout prend fin.`,
    example: (month, generalized, ended) =>
      `Ce qui est compté en ${month} atteint ces dates le ${generalized} et le ${ended}.`,
    offTheDisk:
      'Ce qui a pris fin ne peut plus être lu à partir de ce jour, et quitte le disque environ une heure et quart plus tard, plus le temps que la base de données met à fusionner. L’opérateur peut y mettre fin plus tôt, par site et par date.',
    backups: 'Les sauvegardes, et les journaux de l’hébergeur',
  },
  security: {
    title: 'Mesures de sécurité techniques et organisationnelles (article 32)',
    measures: (k) => [
      `Compter au lieu d’enregistrer : aucune ligne pour un visiteur, une visite ou un événement ; aucun nom au-dessous de ${ks[k].one} comptages dans le mois ; deux attributs au plus par ligne.`,
      'Les hachages de ce qui n’est pas encore nommé se font avec une clé aléatoire du site et du mois, détruite à la fin du mois.',
      'Les règles propres à la base de données refusent une ligne sans ses dates et un comptage qui n’est pas par cinq ; le tableau de bord lit des vues qui masquent ce qui a pris fin.',
      'Là où un serveur de base de données est utilisé, chaque partie a son propre utilisateur : le collecteur peut seulement insérer, le tableau de bord peut seulement lire les vues.',
      'Les adresses et les agents utilisateurs sont tenus hors des journaux et des messages d’erreur.',
    ],
    place: 'Du lieu où il tourne : accès, chiffrement, sauvegardes, personnes',
  },
  limits: 'Ce que ces mesures ne couvrent pas',
  reviewed: 'Revu par, le',
}
