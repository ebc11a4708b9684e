package io.modelcache.chat.semantic;

import java.util.HashMap;
import java.util.Map;

/**
 * Words that may stand for one another in a question, by stem.
 */
final class Synonyms {

	private static final Map<String, Integer> GROUPS = groups();

	private Synonyms() {
	}

	/**
	 * Return the group of a stem.
	 * @param stem the stem
	 * @return its number, or 0 if the stem has no synonyms
	 */
	static int groupOf(String stem) {
		return GROUPS.getOrDefault(stem, 0);
	}

	private static Map<String, Integer> groups() {
		Map<String, Integer> groups = new HashMap<>();
		int number = 0;
		for (String line : LINES.strip().lines().toList()) {
			number++;
			for (String word : WordList.inOrder(line)) {
				groups.putIfAbsent(Stems.of(word), number);
			}
		}
		return Map.copyOf(groups);
	}

	private static final String LINES = """
			best top good great better finest
			way method technique approach procedure process
			get obtain acquire receive
			buy purchase
			begin start commence
			stop quit cease avoid overcome break
			end finish
			big large huge
			small little tiny
			fast quick rapid quickly rapidly
			easy simple easily
			hard difficult tough
			smart intelligent clever
			pretty beautiful gorgeous
			happy glad
			sad unhappy
			rich wealthy
			kid child
			guy man male
			girl woman lady female
			help assist aid
			fix repair solve resolve
			remove delete erase eliminate
			show display
			make create build produce develop construct
			choose select pick decide
			choice option
			handle deal
			save keep
			combat fight
			reason cause
			difference distinction differ different
			meaning mean definition define significance
			important significant importance
			increase raise improve boost enhance
			reduce decrease lower lessen curb cut
			job career profession occupation employment
			money cash
			cost price
			university college
			school institute
			company firm business corporation organization
			lawyer attorney
			doctor physician
			car automobile vehicle
			movie film
			picture photo image
			website site webpage
			book novel
			learn study
			teach instruct
			speak talk
			explain describe
			use utilize usage
			need require requirement
			want wish desire
			like love enjoy
			hate dislike
			think believe consider
			opinion view thought
			happen occur
			earn make
			live reside
			travel visit trip tour
			hotel accommodation
			restaurant eatery
			city town
			country nation state
			world globe earth
			famous popular renowned
			cheap inexpensive affordable
			expensive costly
			free gratis
			safe secure
			error mistake
			problem issue trouble
			answer reply response respond
			question query
			tip advice suggestion suggest recommend recommendation guideline
			example instance
			effect impact influence affect consequence
			advantage benefit pro
			disadvantage drawback con
			feature characteristic
			purpose goal objective aim
			kill murder
			die death
			fat overweight
			diet food meal
			exercise workout
			disease illness
			cure treat treatment heal remedy
			symptom sign
			laptop notebook
			computer pc
			phone mobile
			software program application
			code coding program programming
			programmer developer
			beginner novice newbie
			expert professional
			prepare preparation
			ask request
			contact reach
			password passcode
			account profile
			salary pay wage income
			symbol logo
			cup mug
			amazing interesting awesome incredible fascinating wonderful
			consist compose
			worth worthwhile
			strange weird odd
			funny hilarious
			scary frightening
			crazy insane
			wealth fortune
			ability skill talent
			method strategy
			advice suggestion
			story tale
			gift present
			injury wound
			sickness illness
			area region zone
			street road
			house home apartment
			shop boutique
			boss manager
			team group
			law rule regulation
			power strength
			price fee charge
			trick hack
			plan intend
			true real
			usually normally generally
			approximately about roughly
			vacation holiday
			convert change transform switch
			prefer favorite
			""";

}
