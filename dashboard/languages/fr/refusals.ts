// Why settings of a site are refused, as its forms say it. In French.
import { K, PERIODS, PROFILE_NAMES, PROFILES } from '../../../collector/contract.ts'
import {
  type SettingList,
  type SettingText,
  SHORTEST_RETENTION,
  type SiteRefusal,
} from '../../../collector/site_refusals.ts'
import { FORMATS } from '../format.ts'
import { declaration } from './declaration.ts'

const { sayList } = FORMATS.fr
const { anonymization, retention } = PERIODS

export function sayRefused(refusal: SiteRefusal): string {
  switch (refusal.problem) {
    case 'host': {
      const advice =
        refusal.meant === undefined
          ? `par exemple example.com, pas « ${refusal.given} »`
          : `donc ici ${refusal.meant}, pas « ${refusal.given} »`
      return `Un domaine ou un hôte est un simple nom, sans schéma, port ni chemin, ${advice}.`
    }
    case 'time zone':
      return `Le fuseau horaire est un nom de l’IANA, par exemple Europe/Paris, pas « ${refusal.given} ».`
    case 'k':
      return `Pour le plus petit nombre, les seuls choix sont ${sayList(K.choices.map(String))}.`
    case 'profile':
      return `Les seuls profils sont ${sayList(PROFILE_NAMES.map((name) => declaration.profiles[name].label))}.`
    case 'anonymization':
      return `La durée avant anonymisation est de ${anonymization.min} à ${anonymization.max} jours entiers.`
    case 'retention':
      return `La durée de conservation se compte en jours entiers, de ${SHORTEST_RETENTION} à ${retention.max}.`
    case 'periods':
      return `La durée de conservation doit dépasser de plus de ${retention.exceedsAnonymizationBy} jours la durée avant anonymisation : pour ${refusal.anonymizationDays} jours, plus de ${refusal.anonymizationDays + retention.exceedsAnonymizationBy}, pas ${refusal.retentionDays}.`
    case 'profile needs more':
      return `Le profil « ${declaration.profiles[refusal.profile].label} » compte en multiples entiers de ${PROFILES[refusal.profile].minimumK} ou plus, pas de ${refusal.k}.`
    case 'query parameter':
      return `Un paramètre d’URL a de 1 à 32 lettres, chiffres, « _ », « - » ou « . » ; « ${refusal.given} » n’en est pas un.`
    case 'feeds sources':
      return `Le paramètre d’URL ${refusal.given} alimente les sources et les campagnes : il ne peut donc pas rester dans la page.`
    case 'property':
      return `Une propriété a de 1 à 32 lettres minuscules, chiffres, « _ » ou « - », et pour des nombres leurs bornes, comme dans amount:10,50,100 ; « ${refusal.given} » n’en est pas une.`
    case 'property twice':
      return 'Une propriété n’est déclarée qu’une fois.'
    case 'path pattern':
      return `Un motif de chemin ressemble à /u/:name/posts : des mots, « :name » ou « * » entre des barres obliques simples, au plus un « ** » final, tel que se lit le chemin (sans %, ? ni #) ; « ${refusal.given} » n’en est pas un.`
    case 'e-mail in path':
      return 'Une adresse e-mail dans un chemin est toujours masquée : aucun motif ne peut donc en contenir.'
    case 'placeholder in exception':
      return `Dans une exception, les segments restent tels quels : écrivez donc « * » pour n’importe lequel, pas « ${refusal.given} ».`
    case 'goal':
      return `Un objectif est le nom d’un événement personnalisé, comme signup, ou une page, comme /thanks ou /docs/* (« * » à la fin seulement) ; « ${refusal.given} » n’en est pas un.`
    case 'nameless processor':
      return 'Un sous-traitant a un nom.'
    case 'browser families':
      return 'Les familles de navigateurs sont activées ou non.'
    case 'public':
      return 'Un site est public ou ne l’est pas.'
    case 'too many':
      return `Un site a au plus ${refusal.most} ${LISTS[refusal.of]}.`
    case 'too long':
      return `${TEXTS[refusal.what]} a au plus ${refusal.longest} caractères.`
    case 'invisible':
      return `${TEXTS[refusal.what]} contient un caractère invisible.`
    case 'host taken':
      return refusal.by === undefined
        ? `${refusal.host} est déjà un hôte d’un autre site.`
        : `${refusal.host} est déjà un hôte de ${refusal.by}.`
    case 'site is there':
      return `Il y a déjà un site ${refusal.domain}.`
    case 'no site':
      return `Il n’y a pas de site ${refusal.domain}.`
    case 'unusable':
      return `Les réglages de ${refusal.domain} sont inutilisables ; supprimez le site et ajoutez-le à nouveau.`
  }
}

const LISTS: Record<SettingList, string> = {
  hosts: 'hôtes',
  queryParameters: 'paramètres d’URL',
  properties: 'propriétés',
  pathPatterns: 'motifs de chemin',
  pathExceptions: 'exceptions de chemin',
  processors: 'sous-traitants',
  goals: 'objectifs',
}

const TEXTS: Record<SettingText, string> = {
  'path pattern': 'Un motif de chemin',
  processor: 'Un sous-traitant',
  controller: 'Le texte sur qui est responsable',
  goal: 'Un objectif',
}
