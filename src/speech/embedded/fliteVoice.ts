/** Voices in the flite package: slt is a woman, rms, awb (Scottish) and kal men; kal is 8 kHz and the roughest. */
export type FliteVoice = 'slt' | 'rms' | 'awb' | 'kal';
