// The page of an organization's API tokens. In German.
import type { TokensWords } from '../en/tokens.ts'
import { rich } from '../rich.ts'

export const tokens: TokensWords = {
  title: 'API-Tokens',
  meaning: (link) =>
    rich`Mit einem Token liest ein Programm die Zahlen von Websites oder verwaltet sie: ${link('was sich abfragen lässt')}. Er gehört der Organisation und funktioniert weiter, wenn die Person gegangen ist, die ihn erstellt hat.`,
  none: 'Es gibt noch keinen Token.',
  madeOn: (day) => `erstellt am ${day}`,
  neverUsed: 'nie benutzt',
  lastUsed: (day) => `zuletzt benutzt am ${day}`,
  scopes: {
    read: { label: 'Liest', meaning: 'Liest die Zahlen seiner Websites.' },
    manage: { label: 'Verwaltet', meaning: 'Fügt auch Websites hinzu, ändert, teilt und löscht sie.' },
  },
  allSites: 'Alle Websites, auch künftige.',
  sitesGone: 'Seine Websites gibt es nicht mehr, also tut er nichts.',

  withdraw: 'Widerrufen',
  withdrawing: 'Was ihn benutzt, wird von da an abgewiesen.',
  withdrawThis: 'Diesen Token widerrufen',
  withdrawn: 'Widerrufen',
  noSuchToken: 'Diesen Token gibt es nicht: Er wurde schon widerrufen.',

  made: {
    title: (name) => `Der Token ${name}`,
    copy: 'Kopieren Sie ihn jetzt: Er wird nur dieses eine Mal gezeigt, und nur ein Hash davon wird aufbewahrt.',
    try: 'Um ihn in einer Shell auszuprobieren:',
  },
  form: {
    title: 'Ein neuer Token',
    name: 'Name',
    nameMeaning: 'Wofür er ist, damit Sie wissen, welchen Sie widerrufen.',
    scope: 'Was er darf',
    sites: 'Seine Websites',
    all: { label: 'Alle', meaning: 'Auch künftige.' },
    chosen: { label: 'Nur diese', meaning: 'Er kann keine Websites hinzufügen.' },
    ticks: 'Diese, wenn nicht alle',
    make: 'Token erstellen',
  },
  problems: {
    nameMissing: 'Der Name fehlt.',
    nameTooLong: 'Der Name darf höchstens 100 Zeichen haben.',
    nameNotOneLine: 'Der Name ist eine Zeile aus sichtbaren Zeichen.',
    scopeUnknown: 'Der Umfang ist „read“ oder „manage“.',
  },
  sitesMissing: 'Kreuzen Sie mindestens eine Website an, oder wählen Sie alle.',
}
