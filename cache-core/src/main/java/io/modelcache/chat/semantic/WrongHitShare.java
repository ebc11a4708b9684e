package io.modelcache.chat.semantic;

/**
 * How often answers from similar questions were wrong, as far as they were checked.
 *
 * @param checks how many of the latest ones were checked since the threshold was changed
 * last
 * @param share the share of wrong ones among them, 0 if none was checked
 * @param lowerBound what the true share is hardly below, at a confidence of 95 %
 * @param upperBound what the true share is hardly above, 1 if none was checked
 * @param threshold the cosine similarity below which no answer is given now
 */
public record WrongHitShare(int checks, double share, double lowerBound, double upperBound, double threshold) {

}
