// The settings of a site: what each is called and does to visitors, and the pages of their forms. In French.
import type { SettingsWords } from '../en/settings.ts'
import { sayRefused } from './refusals.ts'

const of: SettingsWords['of'] = {
  domain: {
    label: 'Domaine',
    effect: 'Ne change rien pour les visiteurs : la même chose est conservée à leur sujet, sous un autre nom.',
  },
  hosts: {
    label: 'Hôtes',
    effect: 'Les visiteurs ne sont comptés que sur les pages de ces hôtes.',
  },
  timezone: {
    label: 'Fuseau horaire',
    effect:
      'Dit à quelle heure et à quel jour appartient une visite ; l’heure qu’il est chez un visiteur n’est jamais demandée.',
  },
  k: {
    label: 'Plus petit nombre',
    effect:
      'Pages, sources, pays et tout ce qui porte un nom sont conservés en multiples entiers de ce nombre : plus il est grand, moins un chiffre en dit sur un visiteur.',
  },
  profile: {
    label: 'Profil',
    effect: 'Détermine ce qui est compté ou non d’une visite.',
  },
  browserFamilies: {
    label: 'Compter les familles de navigateurs',
    effect:
      'Les visites sont aussi comptées par famille de navigateur, comme Firefox : jamais par version, système ni appareil.',
  },
  queryParameters: {
    label: 'Paramètres d’URL qui restent',
    effect:
      'Ce qui se trouve dans ces paramètres d’une adresse est conservé avec sa page : aucun ne doit donc porter un nom, une recherche ni un identifiant. Tous les autres sont écartés.',
  },
  pathPatterns: {
    label: 'Chemins avec des éléments personnels',
    effect:
      'Ce que ces motifs désignent dans un chemin est remplacé avant que quoi que ce soit ne soit compté, et n’est donc jamais conservé.',
  },
  pathExceptions: {
    label: 'Chemins personnels en apparence seulement',
    effect:
      'Ce qui se trouve dans ces chemins est conservé tel quel, même s’il ressemble à un identifiant ou à un nom ; les adresses e-mail, jamais.',
  },
  properties: {
    label: 'Propriétés des événements',
    effect:
      'Ces propriétés des événements sont comptées, les nombres par intervalles ; toute autre qu’un navigateur envoie est écartée.',
  },
  goals: {
    label: 'Objectifs',
    effect: 'Ne fait que lire ce qui est déjà compté : rien de plus n’est conservé d’un visiteur.',
  },
  controller: {
    label: 'Qui est responsable',
    effect: 'Les visiteurs lisent sur la page de transparence à qui s’adresser et comment.',
  },
  processors: {
    label: 'Qui traite, et où',
    effect: 'Les visiteurs lisent sur la page de transparence qui d’autre traite les comptages, et dans quel pays.',
  },
  public: {
    label: 'Tout le monde peut lire les statistiques',
    effect:
      'Personne n’apprend d’un visiteur plus que ne contiennent les comptages ; ils ne s’affichent que jusqu’à un horizon, pour qu’aucune visite ne puisse être observée quand elle arrive.',
  },
  anonymizationDays: {
    label: 'Durée avant anonymisation',
    effect:
      'Autant de jours après la fin d’un mois, ses heures deviennent des jours et ses comptages nommés deviennent des mois.',
  },
  retentionDays: {
    label: 'Durée de conservation',
    effect: 'Autant de jours après le début d’un mois, plus rien de ses visites ne peut être lu.',
  },
}

export const settings: SettingsWords = {
  of,
  title: 'Réglages',
  pages: {
    '': 'Domaine et hôtes',
    '/counting': 'Façon de compter',
    '/events': 'Pages et événements',
    '/transparency': 'Transparence',
    '/sharing': 'Qui peut lire',
    '/periods': 'Durées',
    '/end': 'Anonymiser, supprimer',
  },
  forms: {
    domain: 'Domaine',
    hosts: 'Hôtes et alias',
    timezone: 'Fuseau horaire',
    rule: 'Ce qui est compté',
    browsers: 'Navigateurs',
    paths: 'Pages',
    properties: 'Événements',
    goals: 'Objectifs',
    responsible: 'Ce que les visiteurs lisent de vous',
    public: 'Tout le monde',
  },
  save: 'Enregistrer',
  saved: 'Enregistré',

  more: {
    domain:
      'L’ancien domaine reste parmi les hôtes : les balises de script qui le nomment continuent donc de compter. Les liens vers l’ancienne adresse de cette page et du tableau de bord ne mènent plus à rien.',
    hosts:
      'Un par ligne, par exemple blog.example.com. Une balise de script peut nommer n’importe lequel comme domaine.',
    timezone: 'Ce qui est déjà compté garde ses heures et ses jours.',
    queryParameters: 'Un par ligne, par exemple lang.',
    pathPatterns:
      'Un par ligne : /u/:name/posts remplace chaque /u/ann/posts ; * est n’importe quel segment, un ** final tout le reste. Identifiants, jetons et adresses e-mail sont remplacés même sans motif.',
    pathExceptions: 'Un par ligne, par exemple /blog/20240115 ou /docs/*.',
    properties:
      'Une par ligne : plan pour des textes, amount:10,50,100 pour des nombres et leurs bornes. Les événements eux-mêmes n’ont pas à être déclarés.',
    goals: 'Un par ligne : le nom d’un événement, comme signup, ou une page, comme /thanks ou /docs/*.',
    processors: 'Un par ligne, par exemple Hetzner, Falkenstein (EU).',
    public: 'Il est demandé aux moteurs de recherche de rester à l’écart.',
  },
  hostsBeside: (domain) => `Hôtes en plus de ${domain}`,
  reached: 'Ce qui compte comme atteint',
  startsAgain:
    'Si l’un des deux change, le mois recommence : rien de ce qui a été compté sous une règle n’est nommé sous une autre. Ce qui n’a pas encore de nom est compté comme « Autres », et pages, sources et pays gagnent leurs noms à nouveau. Les totaux continuent, et ce qui s’affiche déjà reste.',
  agreed: 'Recommencer le mois si quelque chose change ici',
  notAgreed: 'Cela recommence le mois. Cochez la case pour le confirmer.',
  asVisitorsSeeIt: 'La page de transparence telle que la voient les visiteurs',
  refused: sayRefused,
}
