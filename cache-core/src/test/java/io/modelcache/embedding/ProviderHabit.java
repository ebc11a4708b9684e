package io.modelcache.embedding;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.modelcache.testing.CountingEmbeddingModel;

import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.document.Document;
import org.springframework.ai.document.MetadataMode;
import org.springframework.ai.embedding.BatchingStrategy;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.embedding.EmbeddingResponseMetadata;
import org.springframework.util.StringUtils;

/**
 * The ways in which the embedding models of Spring AI 2.0.0 answer, as read in their
 * sources; some of them cannot be had as artifacts.
 */
enum ProviderHabit {

	/**
	 * One vector for each text, everything else left to the interface.
	 */
	PLAIN {
		@Override
		CountingEmbeddingModel model() {
			return new CountingEmbeddingModel();
		}
	},

	/**
	 * OpenAI and Mistral embed documents with their metadata and say so.
	 */
	OPENAI {
		@Override
		CountingEmbeddingModel model() {
			return new CountingEmbeddingModel() {

				@Override
				public String getEmbeddingContent(Document document) {
					return document.getFormattedContent(MetadataMode.EMBED);
				}

				@Override
				public float[] embed(Document document) {
					return call(new EmbeddingRequest(List.of(getEmbeddingContent(document)), getOptions())).getResult()
						.getOutput();
				}

			};
		}
	},

	/**
	 * Google GenAI embeds a single document with its metadata and does not say so, gives
	 * an empty vector for a blank text in company, refuses it alone, and leaves out texts
	 * for which the service gives no values.
	 */
	GOOGLE {
		@Override
		CountingEmbeddingModel model() {
			return new CountingEmbeddingModel() {

				@Override
				public EmbeddingResponse call(EmbeddingRequest request) {
					requests().add(new ArrayList<>(request.getInstructions()));
					if (request.getInstructions().stream().noneMatch(StringUtils::hasText)) {
						throw new IllegalArgumentException("No embedding input is provided");
					}
					List<Embedding> embeddings = new ArrayList<>();
					for (int i = 0; i < request.getInstructions().size(); i++) {
						String text = request.getInstructions().get(i);
						if (!DROPPED.equals(text)) {
							embeddings.add(new Embedding(StringUtils.hasText(text) ? vector(text) : new float[0], i));
						}
					}
					return new EmbeddingResponse(embeddings,
							new EmbeddingResponseMetadata("test", new DefaultUsage(0, 0, embeddings.size())));
				}

				@Override
				public float[] embed(Document document) {
					return embed(document.getFormattedContent());
				}

			};
		}
	},

	/**
	 * Ollama refuses an empty request and embeds the bare text of a document.
	 */
	OLLAMA {
		@Override
		CountingEmbeddingModel model() {
			return new CountingEmbeddingModel() {

				@Override
				public EmbeddingResponse call(EmbeddingRequest request) {
					if (request.getInstructions().isEmpty()) {
						throw new IllegalArgumentException("At least one text is required!");
					}
					return super.call(request);
				}

				@Override
				public float[] embed(Document document) {
					return embed(document.getText());
				}

			};
		}
	},

	/**
	 * The local transformers answer every method by one of their own, count from one in
	 * one of them and say nothing about themselves.
	 */
	TRANSFORMERS {
		@Override
		CountingEmbeddingModel model() {
			return new CountingEmbeddingModel() {

				@Override
				public EmbeddingResponse call(EmbeddingRequest request) {
					requests().add(new ArrayList<>(request.getInstructions()));
					return numbered(request.getInstructions(), 1);
				}

				@Override
				public float[] embed(String text) {
					return embed(List.of(text)).get(0);
				}

				@Override
				public List<float[]> embed(List<String> texts) {
					return call(new EmbeddingRequest(texts, EmbeddingOptions.builder().build())).getResults()
						.stream()
						.map(Embedding::getOutput)
						.toList();
				}

				@Override
				public EmbeddingResponse embedForResponse(List<String> texts) {
					requests().add(new ArrayList<>(texts));
					return numbered(texts, 0);
				}

				private EmbeddingResponse numbered(List<String> texts, int first) {
					List<Embedding> embeddings = new ArrayList<>();
					for (String text : texts) {
						embeddings.add(new Embedding(vector(text), first + embeddings.size()));
					}
					return new EmbeddingResponse(embeddings);
				}

			};
		}
	},

	/**
	 * PostgresML has a query of its own for a single text.
	 */
	POSTGRES_ML {
		@Override
		CountingEmbeddingModel model() {
			return new CountingEmbeddingModel() {

				@Override
				public float[] embed(String text) {
					requests().add(List.of(text));
					return vector("single " + text);
				}

			};
		}
	},

	/**
	 * A model of one's own with another prefix for each way of asking.
	 */
	PREFIXES {
		@Override
		CountingEmbeddingModel model() {
			return new CountingEmbeddingModel() {

				@Override
				public float[] embed(String text) {
					return super.embed(List.of("query: " + text)).get(0);
				}

				@Override
				public List<float[]> embed(List<String> texts) {
					return super.embed(texts.stream().map("list: "::concat).toList());
				}

				@Override
				public EmbeddingResponse embedForResponse(List<String> texts) {
					return super.embedForResponse(texts.stream().map("response: "::concat).toList());
				}

				@Override
				public List<float[]> embed(List<Document> documents, EmbeddingOptions options,
						BatchingStrategy strategy) {
					return super.embed(documents.stream()
						.map((document) -> document.getMetadata() + ": " + document.getText())
						.toList());
				}

			};
		}
	},

	/**
	 * A model that overrides the embedding of lists only, which single texts lead to.
	 */
	LISTS {
		@Override
		CountingEmbeddingModel model() {
			return new CountingEmbeddingModel() {

				@Override
				public List<float[]> embed(List<String> texts) {
					return super.embed(texts.stream().map("list: "::concat).toList());
				}

			};
		}
	},

	/**
	 * Amazon's Titan leaves out texts without saying which.
	 */
	TITAN {
		@Override
		CountingEmbeddingModel model() {
			return new CountingEmbeddingModel() {

				@Override
				public EmbeddingResponse call(EmbeddingRequest request) {
					requests().add(new ArrayList<>(request.getInstructions()));
					List<Embedding> embeddings = new ArrayList<>();
					for (String text : request.getInstructions()) {
						if (!DROPPED.equals(text)) {
							embeddings.add(new Embedding(vector(text), embeddings.size()));
						}
					}
					return new EmbeddingResponse(embeddings, new EmbeddingResponseMetadata("",
							new DefaultUsage(embeddings.size(), 0), Map.of("region", "eu")));
				}

			};
		}
	};

	/**
	 * A text for which some services give nothing.
	 */
	static final String DROPPED = "dropped";

	abstract CountingEmbeddingModel model();

}
