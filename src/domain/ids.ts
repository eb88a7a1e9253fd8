/** The closed ids of outcomes, documents and contacts (the vocabulary): extended, never renamed. */
export const outcomeIds = [
  'workNow',
  'familyNow',
  'studentNow',
  'protectionNow',
  'residenceNow',
  'residenceLater',
  's1Register',
  'homeCover',
  'homeFirst',
  'farmScheme',
  'mayotteScheme',
  'swissOption',
  'attachChild',
  'reopenRights',
  'ame',
  'notEligible',
  'prepareAbroad',
  'adviser',
] as const;
export type OutcomeId = (typeof outcomeIds)[number];

/** Under which name a result is called useful or not. */
export const resultTopic = (id: OutcomeId): string => `result-${id}`;

export const bases = [
  'work',
  'family',
  'study',
  'protection',
  'residence',
  's1',
  'homeState',
  'minor',
  'ame',
  'none',
] as const;
export type Basis = (typeof bases)[number];

/** official = sources agree; varies = funds differ; reported = practice only. */
export const certainties = ['official', 'varies', 'reported'] as const;
export type Certainty = (typeof certainties)[number];

export const destinations = [
  'cpam',
  'cpamParis',
  'cgss',
  'cssm',
  'msa',
  'studentPortal',
  'homeInstitution',
  'ameServices',
  'urssaf',
  'prison',
  'none',
] as const;
export type Destination = (typeof destinations)[number];

/** The parts of a form that is explained step by step, in the order of the paper. */
export const formSections = ['identity', 'situation', 'declaration'] as const;
export type FormSection = (typeof formSections)[number];

export const documentIds = [
  's1106',
  's3705',
  'identity',
  'permit',
  'visaValidation',
  'birthCertificate',
  'translation',
  'apostille',
  'marriageProof',
  'rib',
  'addressProof',
  'residenceProof3Months',
  'hostStatement',
  'employmentContract',
  'payslip',
  'businessRegistration',
  'enrolmentCertificate',
  'parentalConsent',
  's1',
  's1Refusal',
  'a1',
  'ehic',
  'resourcesProof',
  'noCoverProof',
  'asylumCertificate',
  'protectionPermit',
  'ofpraDocuments',
  'temporaryProtectionPermit',
  'childBirthCertificate',
  'insuredAttestation',
  'nominationOrder',
  'ameForm',
  'ameResidenceProof',
  'swissOptionForm',
  'oldNumber',
  'e104',
  'u2',
  'treatyForm',
  'domiciliation',
  'cssForm',
  'volunteerCertificate',
  's1110',
  'cardOrderForm',
] as const;
export type DocumentId = (typeof documentIds)[number];

export const contactIds = [
  'line-3646',
  'line-english',
  'line-3646-abroad',
  'line-english-abroad',
  'cpam-finder',
  'cpam-paris-talents',
  'cpam-paris-assistants',
  'msa',
  'cgss',
  'cssm',
  'student-portal',
  'ameli-account',
  'cleiss',
  'urssaf',
  'urssaf-foreign-firms',
  'home-institution',
  'france-travail',
  'pass',
  'cra',
  'mediator',
  'defenseur-des-droits',
  'elioz',
  'cybermalveillance',
  'emergency-15',
  'emergency-112',
  'emergency-114',
  'emergency-3114',
  'emergency-17',
  'emergency-3919',
] as const;
export type ContactId = (typeof contactIds)[number];
