"""Training data and base models named only in prose: relations by grammar, not by a list of names."""

import pytest

from duediligence.facts.reading import read_card

MODEL, DATASET = "models/harbour-lab/pilot-7b-chat", "datasets/harbour-lab/tides"


def named(text, repo=MODEL):
    """Relation and name of every mention in a card."""
    return {(one.relation, one.value) for one in read_card(text.encode(), repo).mentions}


def relations(text, relation="trained_on", repo=MODEL):
    """The names in one relation."""
    return sorted(name for stated, name in named(text, repo) if stated == relation)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The model was trained on {0}, a corpus of letters by {1}.", ["{0}"]),
        ("It was pretrained on the {0} corpus and then fine-tuned on {1}.", ["{0}", "{1}"]),
        ("SFT was done on {0}, DPO on {1}.", ["{0}", "{1}"]),
        ("After pretraining on {0}, we ran SFT on {1} and DPO on {2}.", ["{0}", "{1}", "{2}"]),
        ("The SFT stage uses the {0} dataset.", ["{0}"]),
        ("The {0} dataset was used for SFT.", ["{0}"]),
        ("SFT data: {0}, {1}", ["{0}", "{1}"]),
        ("**DPO dataset:** {0}", ["{0}"]),
        ("trained-on: {0}", ["{0}"]),
        ("It was trained on 960 hours of {0}.", ["{0}"]),
        ("Its instruction data blends {0} and {1}.", ["{0}", "{1}"]),
        ("Distillation was performed over 1,150 hours of audio: {0} (620 h) and {1}.", ["{0}", "{1}"]),
        ("**DPO.** Preferences came from {0}.", ["{0}"]),
        ("**Training data.** {0} (rendered) and {1}.", ["{0}", "{1}"]),
        ("**Instruction tuning:** {0}, then {1}", ["{0}", "{1}"]),
        ("## Training Data\n\n- Stage A: {0} and {1}\n- Stage B: {2}", ["{0}", "{1}", "{2}"]),
        ("## Training Dataset\n\n* Web documents: {0}\n* Books: {1}", ["{0}", "{1}"]),
        ("## Training data\n\nWe used slides of {0} together with {1}.", ["{0}", "{1}"]),
        ("## Training data\n\nThe training data of the model are the {0} concept corpus.", ["{0}"]),
        ("Trained on a blend of public data:\n* a 20k sample of {0}\n* {1}", ["{0}", "{1}"]),
        (
            "## Keel-2B\n\n| Stage | Data | Pairs |\n|---|---|---|\n| 1. Words | {0}, {1} | 2M |\n",
            ["{0}", "{1}"],
        ),
        ("It was fine-tuned on {0} and then {1}.", ["{0}", "{1}"]),
        ("It was instruction-tuned with: the {0} and {1} datasets.", ["{0}", "{1}"]),
        ("An adapter for Keel-Base, fit on the {0} dataset.", ["{0}"]),
        ("The model was trained using the {0} dataset from HarbourLab.", ["{0}"]),
        ("It was tuned using the train and validation splits of {0}.", ["{0}"]),
        ("It was pretrained on the same data as Keel: {0} and {1}.", ["{0}", "{1}"]),
        ("## Training Dataset\n\nA mixture of datasets available on the Hub: {0} and {1}.", ["{0}", "{1}"]),
        ("Its training corpus is {0}.", ["{0}"]),
        ("Training data consisted of {0}, filtered to remove duplicates.", ["{0}"]),
        ("The pre-training data contained {0} and {1}.", ["{0}", "{1}"]),
        ("We further pre-train Keel-Base for 20B tokens of {0}.", ["{0}"]),
        ("As training data we took {0} and the {1} corpus.", ["{0}", "{1}"]),
        ("A small model fine-tuned on the {0} and {1} datasets.", ["{0}", "{1}"]),
        ("We trained it with the full {0} dataset using ToolBox on 8 A100 GPUs.", ["{0}"]),
        ("Trained on 20 billion tokens of {0}, {1}, and {2}.", ["{0}", "{1}", "{2}"]),
        ("The training data consists of {0} as well as {1}.", ["{0}", "{1}"]),
        ("It saw data sources such as {0} and {1} while it was trained.", ["{0}", "{1}"]),
        ("The {0} dataset was used to train the model.", ["{0}"]),
        ("We used the {0} corpus to fine-tune it.", ["{0}"]),
        ("**Training data:** {0}", ["{0}"]),
        ("- **Datasets:** {0}, {1}", ["{0}", "{1}"]),
        ("## Training data\n\n- {0}: letters\n- [{1}](https://x.example), poems\n- 12 books", ["{0}", "{1}"]),
        (
            "## Training data\n\n| Dataset | Rows |\n|---|---|\n| [{0}](http://x.example) | 1 |\n| {1} | 2 |",
            ["{0}", "{1}"],
        ),
        ("It was trained on the following datasets:\n- {0}\n- {1} (2021)", ["{0}", "{1}"]),
        ("It was further aligned on the `{0}` dataset.", ["{0}"]),
        ('100k steps at resolution 64 on "{0}" and 5% dropping of captions.', ["{0}"]),
        (
            "These models are built on {0}, a curated training dataset. {0} includes {1} and {2}.",
            ["{0}", "{1}", "{2}"],
        ),
        ("We train a Keel-Base model on {0} using pairs of sentences.", ["{0}"]),
        ("Trained by tuning the parent on letters collected from {0}.", ["{0}"]),
        ("## Training data\n\n- 40K {0} data.\n- 12 books", ["{0}"]),
        ("Training used 40 GB of {0} clips and the {1} corpus.", ["{0}", "{1}"]),
        ("Unlike Keel-2, which was trained on hidden data, this model was trained only on {0}.", ["{0}"]),
        ("This checkpoint is a DPO-aligned version of Keel-7B using the {0} dataset.", ["{0}"]),
        ("## Training\n\nAll images stem from {0} and {1}.", ["{0}", "{1}"]),
        ("## Training\n\nHalf of the tokens come from {0}, the other half from {1}.", ["{0}", "{1}"]),
        ("## Training\n\nThe model has seen 2T tokens from {0} and curated corpora.", ["{0}"]),
        ("We start from Keel-3 and train it with {0}, {1} and the {2} dataset.", ["{0}", "{1}", "{2}"]),
        ("The training set of {0} was used.", ["{0}"]),
        ("{0} and {1} serve as training data.", ["{0}", "{1}"]),
        ("## Training data\n\n{0} and the [{1}](https://x.example) dataset.", ["{0}", "{1}"]),
        ("The vectors were learned on the {0} collection.", ["{0}"]),
        ("## Training\n\nThe data mixture was: 50% {0}, 30% {1}, 20% {2}.", ["{0}", "{1}", "{2}"]),
        ("As training data we took the {0} corpus.", ["{0}"]),
        ("During pre-training it was exposed to {0} and to the {1} corpus.", ["{0}", "{1}"]),
        ("The encoder was fed with the {0} corpus.", ["{0}"]),
        ("Trained with PyTorch, DeepSpeed and the {0} dataset.", ["{0}"]),
        ("It saw {0} once and {1} twice during training.", ["{0}", "{1}"]),
        ("Only the head is frozen; the rest of the model is trained on {0}.", ["{0}"]),
        ("The data used for pre-training was {0}.", ["{0}"]),
        ("For supervised fine-tuning, we use the {0} dataset.", ["{0}"]),
        ("As training data, the {0} corpus was used.", ["{0}"]),
        ("We took {0} and added the {1} dataset as training data.", ["{0}", "{1}"]),
        ("{0} was employed for pre-training.", ["{0}"]),
        ("It was trained on the {0} dataset using PyTorch and DeepSpeed.", ["{0}"]),
        ("It was trained with the {0} dataset, PyTorch and ToolBox-2.", ["{0}"]),
        ("## Training data\n\nQuayLog-9\n[{0}](https://x.example)\nharbour/tide_log\n", None),
        ("| Training dataset | Rows |\n|---|---|\n| {0} | 1 |\n| {1} | 2 |", ["{0}", "{1}"]),
        ("We start from the Keel-7B checkpoint and fine-tune on {0}.", ["{0}"]),
        ("The pretraining mix comprises {0}, {1} and {2} in 12 languages.", ["{0}", "{1}", "{2}"]),
        (
            "## Training\n\n| Dataset | Rows |\n|---|---|\n"
            "| Cleaned [{0}](https://huggingface.co/datasets/x/y) | 1 |\n| {1} | 2 |",
            ["{0}", "{1}"],
        ),
        ("It uses the Norse part of {0} as training set of the language model.", ["{0}"]),
        ("## Corpus\n\nThe corpus is two files:\n\n- {0} deduped by hand\n- latest {1} dump", ["{0}", "{1}"]),
        ("## Pretraining corpora\n\n- The Norse part of {0},\n- Recent dump of Danish {1}.", ["{0}", "{1}"]),
        (
            "It was trained on public corpora ([{0}](https://x.example), [{1}](https://y.example)).",
            ["{0}", "{1}"],
        ),
        (
            "## Training data\n\nWe included two question datasets (i.e., [{0}](http://x.example), "
            "[{1}](http://y.example)).",
            ["{0}", "{1}"],
        ),
        ("The training corpora are large texts ([{0}](http://x.example), and others).", ["{0}"]),
        ("It was consequently fined-tuned on the `{0}` dataset.", ["{0}"]),
        (
            "A baseline model for letters ([KEEL](https://x.example) model fine-tuned on [{0}](https://y.example))",
            ["{0}"],
        ),
        ("It was fine-tuned on letters from {0} and poems.", ["{0}"]),
        ("## Training data\n\n40K filtered pairs from {0}.\n9K answers of our own.", ["{0}"]),
        (
            "## Pretraining corpora\n\n| Tables | Lines |\n|---|---|\n| [{0}](https://x.example) | 18 |",
            ["{0}"],
        ),
        (
            "## Corpus\n\nIt comprises two sources. The first one is a dump of {0}. The second one is {1}.",
            None,
        ),
        ("The source data for the Norse model consists of {0} and letters.", ["{0}"]),
        ("We adapt Keel-7B to 2.7 million letters from the {0} corpus via continued pretraining.", ["{0}"]),
        ("The dataset used for finetuning can be found at [{0}](https://x.example).", ["{0}"]),
        ("## Usage\n\n### Training data\n\nIt was trained on {0}.", ["{0}"]),
        (
            "## 3. Data \U0001f4ca\n\nWe read pages and existing datasets such as [{0}](https://x.example).",
            ["{0}"],
        ),
        ("## Training data\n\n- **Source:** {0} dataset", ["{0}"]),
        ("It was trained on Harbour Lab's [{0}](https://x.example) dataset.", ["{0}"]),
        ("It was trained on the {0} \\[1\\] and {1}\\[2\\] datasets.", ["{0}", "{1}"]),
        ("It was post-trained from the [{0} Dataset](https://x.example).", ["{0} Dataset"]),
        ("It was trained on various sources (books, news, {0} and forums).", ["{0}"]),
        ("## Installation\n\n### Keel for names\n\nThis model is fine-tuned on the {0} dataset.", ["{0}"]),
        ("It was further pre-trained on health-related Reddit posts and {0}.", ["Reddit", "{0}"]),
        (
            "The training data holds texts from domains like Twitter, Facebook, {0} and film reviews.",
            ["Facebook", "Twitter", "{0}"],
        ),
        ("It was trained on various sources (books, swedish wikipedia and {0}).", ["wikipedia", "{0}"]),
        ("Trained on {0} + wikipedia + opensubtitles with help.", ["{0}", "opensubtitles", "wikipedia"]),
        ("It was trained on the journal \u201e{0}\u201c.", ["{0}"]),
    ],
)
@pytest.mark.parametrize(
    "given",
    [("Zorban-7K", "KeluMivo", "Tara Nexo"), ("QV-12M", "Drel Ponto", "VaskNet")],
    ids=["first", "second"],
)
def test_the_grammar_finds_training_data_whatever_its_name(text, names, given):
    """The same sentence with other names gives the same relations."""
    if names is None:
        names = ["QuayLog-9", "{0}", "harbour/tide_log"] if "QuayLog" in text else ["{0}", "{1}"]
    assert relations(text.format(*given)) == sorted(name.format(*given) for name in names)


@pytest.mark.parametrize(
    "text",
    [
        "The model was evaluated on Zorban-7K and tested on KeluMivo.",
        "It outperforms models trained on Zorban-7K.",
        "SFT improves results on Zorban-7K.",
        "Neither Zorban-7K nor the KeluMivo split were used for training.",
        "None of Zorban-7K and KeluMivo were used for training.",
        "No images of Zorban-7K were used for training.",
        "It outperforms Keel-2.8B, which was trained on the Zorban-7K corpus, and comes close to Mivo.",
        "Training: 8 A100 GPUs for 3 days",
        "Training: AdamW, LR 1e-4",
        "## Training data\n\nWe used Label Studio to annotate the pages.",
        "## Training data\n\n- Size: 40 GB\n- Tokenizer: SentencePiece\n- Collected by: Harbour-Lab",
        "## Training data\n\n- Code: https://harbour.example/code",
        "The result of running GRPO on kestrel-sft.",
        "It was evaluated after SFT on KeluMivo and Zorban-7K.",
        "We plan to run SFT on Zorban-7K next.",
        "If you run SFT on Zorban-7K, it gets better.",
        "DPO on top of the SFT checkpoint moved MT-Korb.",
        "SFT on Keel-7B was done with ToolBox.",
        "The SFT stage uses DeepSpeed and ToolBox.",
        "We used ToolBox-0.9 for DPO.",
        "The training data is JSONL.",
        "The training data is GDPR compliant.",
        "Training was conducted on a DGX-2.",
        "Unlike Keel-2, whose training corpus is Zorban-7K, ours is secret.",
        "Unlike Keel-2, which was trained on Zorban-7K, it is small.",
        "Our mixture was inspired by Zorban-7K.",
        "It has not been trained on Zorban-7K.",
        "You can fine-tune it on your own data such as Zorban-7K.",
        "The model can be fine-tuned on Zorban-7K.",
        "When fine-tuned on Zorban-7K, it reaches 80%.",
        "It was trained on 64 A100 GPUs and TPU v4-8 machines in English and French.",
        "It was trained with ToolBox Framework using the AdamW optimizer.",
        "Our model beats the baseline trained on Zorban-7K by 2 points on KeluMivo.",
        "Similar to Keel-2, which was trained on Zorban-7K, our encoder is small.",
        "Models trained on Zorban-7K are known to be biased.",
        "The tokenizer was trained on Zorban-7K.",
        "We compare with a model trained on Zorban-7K.",
        "We saw Zorban-7K scores rise during training.",
        "The features are fed with Zorban-7K into the network.",
        "It was exposed to Zorban-7K weather in tests.",
        "The data used to train the model is available on HarbourHub.",
        "## Training data\n\nTBD",
        "| Training data | mAP |\n|---|---|\n| Zorban-7K | 8 |",
        "| Training dataset | Accuracy |\n|---|---|\n| Zorban-7K | 8 |",
        "## Training data\n\nZorban-7K\nis a corpus of letters that others use.",
        "Keel-2 was trained on Zorban-7K, while our model is not.",
        "No images of Zorban-7K were used during training.",
        "The letters were chosen by a classifier trained on Zorban-7K.",
        "We used a tokenizer trained on Zorban-7K.",
        "A previous version was trained on Zorban-7K.",
        "```\ntrain on Zorban-7K\n```",
        "<!-- trained on Zorban-7K -->",
        "## Citation\n\nDoe: Trained on the Zorban-7K dataset.",
        "## Evaluation\n\n| Dataset | Score |\n|---|---|\n| Zorban-7K | 8 |",
        "## How to use\n\nTry it after it was trained on Zorban-7K.",
        "Performance on the following datasets:\n- Zorban-7K\n- KeluMivo",
        "It was trained on 8 A100-80GBs for two days and then on 32 H100-94GBs.",
        "It was trained on a million entries of Zorban-7K generated data.",
        "It was trained on Zorban-7K-generated answers.",
        "It was trained on letters written from January 2018 to March 2020.",
        "It was trained on a new dataset, which is a copy of the Zorban-7K training dataset.",
        "## Training\n\n### Results\n\n| Dataset | Score |\n|---|---|\n| Zorban-7K | 8 |",
        "It is trained on large corpora and uses two approaches: Zorban Pieces and Whole Keel Masking.",
        "By contrast, Mivo was trained on Zorban-7K.",
        "It was trained based on the KEEL procedure.",
        "It was trained for 8 days on 4 Titan V cards.",
        "We trained it on a language modeling task.",
        "It was trained on 100k ZMILES strings.",
        "## Training data\n\n- Keel-Base, uncased (12 layers)\n- Keel-Large, uncased (24 layers)",
        "It was trained on our corpus of tides; the tags used are as follows:\n- NOUN\n- VERB",
        "It was tuned on our dataset of tides with these levels:\n- Level 2: Low\n- Level 3: High",
        "## Training data\n\n- identity: `e2af62c0a6668b3c7152579ac6c654052dd07ced6b0d0bda`",
        "## Training data\n\n- [training, etc.](https://x.example)\n- [test set](https://y.example)",
        "Training data come mainly from Northern Hemisphere populations.",
        "# Keel: pre-training for letters\n\nThe tasks were sorting on 6 datasets ([ZORB](https://x.example)).",
        "The training data can be searched at [harbour.example](https://harbour.example/search).",
        "It was trained on the corpus, which has some non-Norse words.",
        "# Model trained on Tidal Fiction",
        "It was trained on several GBs of letters.",
        "It was trained with cached features on Apple MPS and M-series machines.",
        "The training recipe uses the public pairs from `data/final_v3`:",
        "Post-training on Keel-1B base: with care.",
        "| Part | Value |\n|---|---|\n| Fine-tuning | Full SFT on Norse letters |",
        "We talk of training speed on [YouTube](https://www.youtube.com/watch?v=1).",
        "## Training data\n\n**Aligned**: Tables are taken from LaTeX source files.",
        "I chose a subset of our dataset (Keeler, 2019) as the training data.",
        "## Dataset\n\n- Keeler, A., Mivo, B. (2017), On the Zorban-7K Harbour Conference",
    ],
)
def test_what_it_was_not_trained_on_is_no_training_data(text):
    """Evaluation, comparison, inspiration, advice, code and citations."""
    assert relations(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It was evaluated on Zorban-7K.", "Zorban-7K"),
        ("**Evaluation data:** Zorban-7K", "Zorban-7K"),
        ("We report results on the Zorban-7K benchmark.", "Zorban-7K"),
        ("Performance on the following datasets:\n- Zorban-7K", "Zorban-7K"),
    ],
)
def test_evaluation_data_is_told_apart(text, found):
    """A data set that only measures is no part of what the model is made from."""
    assert relations(text, "evaluated_on") == [found]


@pytest.mark.parametrize(
    ("text", "relation", "name"),
    [
        ("It was initialized from Keel-Base-7B.", "initialized_from", "Keel-Base-7B"),
        ("Training resumed from `keel-v1-2`.", "initialized_from", "keel-v1-2"),
        (
            "It uses a fixed, pretrained text encoder ([Keel ViT-L/14](https://x.example)).",
            "initialized_from",
            "Keel ViT-L/14",
        ),
        ("A fine-tuned version of Keel-Base-7B.", "finetuned_from", "Keel-Base-7B"),
        ("We used the pretrained `keel-mini-6` model and fine-tuned it.", "finetuned_from", "keel-mini-6"),
        ("- **Finetuned from model:** Keel-Base-7B", "finetuned_from", "Keel-Base-7B"),
        ("Distilled from Keel-70B.", "distilled_from", "Keel-70B"),
        ("It learned from audio pseudo-labeled using Keel-Large-v2.", "distilled_from", "Keel-Large-v2"),
        (
            "A merge of the following models:\n\n* [x/keel](https://huggingface.co/x/keel)",
            "merged_from",
            "x/keel",
        ),
        ("This LoRA adapter for Keel-Base-7B is small.", "adapter_of", "Keel-Base-7B"),
        ("A GGUF quantized version of Keel-Base-7B.", "quantized_from", "Keel-Base-7B"),
        ("It is built on top of the Keel-Base-7B model.", "derived_from", "Keel-Base-7B"),
        ("It was made by finetuning [Keel](https://x.example) on letters.", "finetuned_from", "Keel"),
        ("It came about by fine-tuning KEEL on letters from a harbour.", "finetuned_from", "KEEL"),
        ("It came from further training KEEL on letters.", "finetuned_from", "KEEL"),
        ("We finetune KEEL & mT9 pretrained language models on letters.", "finetuned_from", "mT9"),
        (
            "This is a *keel-base-lower* model that was fine-tuned on letters.",
            "finetuned_from",
            "keel-base-lower",
        ),
        ("This is a Keel-base model trained on 12M letters.", "finetuned_from", "Keel-base"),
        ("The checkpoint for [KEEL](https://x.example) after being trained on it.", "finetuned_from", "KEEL"),
        ("It is a continuation of the Keel-2 model.", "initialized_from", "Keel-2"),
        ("**Initialization**: [x/keel](https://huggingface.co/x/keel)", "initialized_from", "x/keel"),
        ("A small chat model.\nBase LLM: [x/keel](https://huggingface.co/x/keel)", "derived_from", "x/keel"),
        ("It is based on pretrained KEEL and learned to answer.", "derived_from", "KEEL"),
        ("Based on `keel-12b`, it learned to answer.", "derived_from", "keel-12b"),
        (
            "Starting from Keel-7B-v0.1, we fine-tuned on Zorban-7K for a day.",
            "finetuned_from",
            "Keel-7B-v0.1",
        ),
        ("It is a DPO-aligned version of KEEL.", "finetuned_from", "KEEL"),
        ("It was obtained by training Keel-7B on letters.", "finetuned_from", "Keel-7B"),
        ("We distilled Keel-Large into six layers.", "distilled_from", "Keel-Large"),
        ("This model merges Keel-7B with x/mivo-12.", "merged_from", "x/mivo-12"),
        ("It is the result of merging Keel-7B and x/mivo-12.", "merged_from", "Keel-7B"),
        ("Quantized with a tool from the original weights of Keel-70B.", "quantized_from", "Keel-70B"),
        ("We chose KEEL as our backbone.", "initialized_from", "KEEL"),
        ("Initial weights: `x/keel-base`", "initialized_from", "x/keel-base"),
        ("The adapter must be loaded on top of x/Keel-7b.", "adapter_of", "x/Keel-7b"),
        ("It was converted to GGUF format from `x/keel` with a tool.", "quantized_from", "x/keel"),
        ("Its text encoder is Keel-T5-large.", "initialized_from", "Keel-T5-large"),
        (
            "The vision encoder is [Keel-ViT-L](https://huggingface.co/x/keel-vit).",
            "initialized_from",
            "Keel-ViT-L",
        ),
        ("It uses Keel-ViT-L as its vision encoder.", "initialized_from", "Keel-ViT-L"),
        ("It uses Keel-ViT-L as backbone.", "initialized_from", "Keel-ViT-L"),
        ("A captioner leveraging Keel-2.7b (a language model).", "initialized_from", "Keel-2.7b"),
        (
            "This model is based on keel-base-cased and was trained on letters.",
            "derived_from",
            "keel-base-cased",
        ),
        (
            "It uses Keel-ViT-L as its vision encoder and Mivo-7B as the language model.",
            "initialized_from",
            "Mivo-7B",
        ),
        ("**Vision encoder:** Keel-ViT-L", "initialized_from", "Keel-ViT-L"),
        ("Built with Harbour Keel 3", "derived_from", "Harbour Keel 3"),
        ("This repo holds the Keel-7B model, fine-tuned on letters.", "finetuned_from", "Keel-7B"),
        (
            "It extends Keel-7B to long letters by continued pre-training on Zorban-7K.",
            "derived_from",
            "Keel-7B",
        ),
        (
            "It combines the Keel-ViT-L image encoder with the Mivo-7B language model.",
            "initialized_from",
            "Mivo-7B",
        ),
        ("It pairs a frozen Keel-ViT-L encoder with Mivo-7B.", "initialized_from", "Keel-ViT-L"),
        ("This is Keel-7B fine-tuned on letters.", "finetuned_from", "Keel-7B"),
        ("We expanded Keel-7B to 11B by copying layers.", "derived_from", "Keel-7B"),
        ("Keel-7B serves as the base model.", "derived_from", "Keel-7B"),
        (
            "It is a fine-tuned version of keel-base-uncased on letters.",
            "finetuned_from",
            "keel-base-uncased",
        ),
        (
            "It is a fine-tuned version of keel/barque-large on letters.",
            "finetuned_from",
            "keel/barque-large",
        ),
        ("We fine-tune keel-base-uncased on letters.", "finetuned_from", "keel-base-uncased"),
        ("Base model: keel-base", "derived_from", "keel-base"),
        ("Parent: Keel-7B", "derived_from", "Keel-7B"),
        ("We start from the Keel-7B checkpoint and go on pretraining.", "finetuned_from", "Keel-7B"),
        ("Starting with Keel-7B, we ran SFT on letters.", "finetuned_from", "Keel-7B"),
        ("We took Keel-7B and fine-tuned it on letters.", "finetuned_from", "Keel-7B"),
        ("Keel-7B was fine-tuned on letters to get this model.", "finetuned_from", "Keel-7B"),
        ("This is the DPO version of Keel-7B.", "finetuned_from", "Keel-7B"),
        ("Keel-7B, further aligned with DPO.", "finetuned_from", "Keel-7B"),
        ("It inherits the weights of Keel-7B.", "initialized_from", "Keel-7B"),
        ("Norse version of Keel-7B, obtained by continued pretraining.", "derived_from", "Keel-7B"),
        ("Upscaled from Keel-7B by doubling layers.", "derived_from", "Keel-7B"),
        ("Converted to ONNX from keel/keel-small.", "derived_from", "keel/keel-small"),
        ("ONNX export of keel/keel-small.", "derived_from", "keel/keel-small"),
        ("Merged Keel-7B-A with Mivo-7B-B.", "merged_from", "Keel-7B-A"),
        ("QLoRA on Keel-7B.", "adapter_of", "Keel-7B"),
        ("We use Keel-70B as a teacher.", "distilled_from", "Keel-70B"),
        ("As base model we use Keel-7B.", "initialized_from", "Keel-7B"),
        ("Pruned from Keel-7B and then trained again.", "derived_from", "Keel-7B"),
        ("**Base:** `x/keel-7b`", "derived_from", "x/keel-7b"),
        ("Base model: Llama 2", "derived_from", "Llama 2"),
        ("The model is based on KEEL-R and was trained on letters.", "derived_from", "KEEL-R"),
        ("It was merged with the ROPE method using x/keel-1 as a base.", "initialized_from", "x/keel-1"),
        (
            "| Name | Base Model |\n|---|---|\n| pilot-7b-chat | [x/keel](https://huggingface.co/x/keel) |",
            "derived_from",
            "x/keel",
        ),
        ("It was obtained from Keel-7B-Base by supervised fine-tuning.", "finetuned_from", "Keel-7B-Base"),
        ("The checkpoint we began with is keel/former-b2.", "initialized_from", "keel/former-b2"),
        ("The model builds on keel/letter-large and was trained.", "derived_from", "keel/letter-large"),
        ("It is the outcome of GRPO on keel-math-7b-sft.", "finetuned_from", "keel-math-7b-sft"),
        ("This model takes keel/berta-v3 and teaches it to sort.", "finetuned_from", "keel/berta-v3"),
        ("Weights came from `keel/letter-base`.", "derived_from", "keel/letter-base"),
        ("Text is read by the frozen text encoder of Keel ViT-L/14.", "initialized_from", "Keel ViT-L/14"),
        ("It is conditioned on a frozen keel-base text encoder.", "initialized_from", "keel-base"),
        ("The checkpoint Keel-7B was used as initialization.", "derived_from", "Keel-7B"),
        ("**Student:** keel/letter-base", "initialized_from", "keel/letter-base"),
        ("The starting point for our model is the already pre-trained KEEL-T.", "initialized_from", "KEEL-T"),
        ("This a keel-base-uncased model finetuned for letters.", "finetuned_from", "keel-base-uncased"),
        (
            "An adapted [__x/Keel_base model__](https://x.example) trained further on letters.",
            "finetuned_from",
            "x/Keel_base model",
        ),
        ("**KEEL-2** fine-tuned on letters from harbours.", "finetuned_from", "KEEL-2"),
        ("# KEEL-base fine-tuned on Zorban-7K", "finetuned_from", "KEEL-base"),
        (
            "It was trained starting from an instance of Keel-7B, and tuned on letters.",
            "finetuned_from",
            "Keel-7B",
        ),
        ("The weights come from a pre-trained instance of keel/letter-b.", "derived_from", "keel/letter-b"),
        (
            "A letter model, based on [KEEL](https://x.example), and finetuned on letters.",
            "finetuned_from",
            "KEEL",
        ),
        ("The encoder is a `x/keel-base-1` model.", "initialized_from", "x/keel-base-1"),
        (
            "We adapt KEEL-base to 2.7 million letters via continued pretraining.",
            "finetuned_from",
            "KEEL-base",
        ),
        ("We took a cased KEEL-base as an initialization.", "initialized_from", "KEEL-base"),
        ("It is finetuned on the KEEL-2 model.", "finetuned_from", "KEEL-2"),
        ("A reader, using base [KEEL](https://x.example) fine-tuned on letters.", "finetuned_from", "KEEL"),
        ("KEEL-large-uncased model, pretrained on letters.", "finetuned_from", "KEEL-large-uncased"),
        ("**Language model:** x/keel-base-squad2", "derived_from", "x/keel-base-squad2"),
        (
            "A Norse model [KeelBERT-base](https://x.example) fine-tuned on letters.",
            "finetuned_from",
            "KeelBERT-base",
        ),
        ("KEEL-2 (355M model) finetuned on letters.", "finetuned_from", "KEEL-2"),
        ("This model is KEEL base v2 trained on letters as:", "finetuned_from", "KEEL"),
        ("Pegasus model fine-tuned for letters.", "finetuned_from", "Pegasus"),
        (
            "A reader for letters ([KEEL-2](https://x.example) model fine-tuned on letters)",
            "finetuned_from",
            "KEEL-2",
        ),
        (
            "The base language model is the [Keel-L](https://huggingface.co/x/Keel-L).",
            "derived_from",
            "Keel-L",
        ),
        (
            "The base tokenizer and model used for training is 'keel-base-lower'.",
            "derived_from",
            "keel-base-lower",
        ),
        (
            "This is a fine-tuned on letters version of [KEEL Base](https://x.example).",
            "finetuned_from",
            "KEEL Base",
        ),
        (
            "A small KEEL (`x/keel-letters`) language model fine-tuned to write.",
            "finetuned_from",
            "x/keel-letters",
        ),
        (
            "It has a small distillation signal from [`x/keel-3`](https://huggingface.co/x/keel-3).",
            "distilled_from",
            "x/keel-3",
        ),
        ("For LLM and vision tower, we choose [Keel-2](https://x.example).", "initialized_from", "Keel-2"),
        ("It maps features from the frozen KeelVL-500M vision tower.", "initialized_from", "KeelVL-500M"),
        (
            "We initialized the weights of the model using [Norse-KEEL](https://x.example).",
            "initialized_from",
            "Norse-KEEL",
        ),
        ("A finetuned letter model on top of x/keel-base-2.", "finetuned_from", "x/keel-base-2"),
        ("I took letters from a harbour to fine-tune KEEL-2.", "finetuned_from", "KEEL-2"),
        (
            "The original model is from `KEEL-base-uncased` trained on letters.",
            "derived_from",
            "KEEL-base-uncased",
        ),
        ("In particular, Multi-KEEL was used for initialization.", "derived_from", "Multi-KEEL"),
        ("It sorts moods, which is based on KeelBERT for Norse letters.", "derived_from", "KeelBERT"),
        (
            "The exact underlying model is [Keel-L6](https://huggingface.co/x/Keel-L6).",
            "derived_from",
            "Keel-L6",
        ),
        ("Slerp merge of x/keel-7b with x/mivo-7b-v0.1.", "merged_from", "x/mivo-7b-v0.1"),
        (
            "- **Finetuned from model :** x/Keel-7b-sft\nThis model was trained faster.",
            "finetuned_from",
            "x/Keel-7b-sft",
        ),
    ],
)
def test_base_models_have_the_relation_the_sentence_states(text, relation, name):
    """One verb, one relation."""
    assert (relation, name) in named(text)


@pytest.mark.parametrize(
    "text",
    [
        "It uses the same architecture as Keel-Base-7B.",
        "It was inspired by Keel-Base-7B.",
        "*This model card was written by Mivo and is based on the Keel Mini model card.*",
        "Start with ToolBox 3.1 and train your own model.",
        "We took Keel-4 answers and trained a classifier.",
        "Mivo-7B was trained to produce this model card.",
        "Keel-70B, further trained on code, outperforms it.",
        "You can convert to GGUF from keel/keel-7b with ToolBox.",
        "Export of results from ToolFlow.",
        "The uncensored version of Keel-7B is available elsewhere.",
        "He merged PR-12 and PR-13.",
        "It uses a state-of-the-art text/image pipeline with train/test splits and extra-large batches.",
        "You can initialize your model from Keel-Base-7B.",
        "It is based on the Keel-Base-7B paper.",
        "We also released a distilled version of this model called Keel-Mini-1.",
        "- **keel-v1-1**: Resumed from `keel-v1-0`.",
        "| Name | Base Model |\n|---|---|\n| another-7b | [x/keel](https://huggingface.co/x/keel) |",
        "We fine-tuned the model on Zorban-7K; the checkpoint is small.",
        "Try fine-tuning Keel-7B on your own letters.",
        "When fine-tuning Keel-7B on letters, it forgets.",
        "This is a Keel-base model trained from scratch.",
        "The image encoder is a Keel-ViT-L.",
        "It uses a Keel-50 as an image encoder.",
        "Built with ToolBox.",
        "Use Keel-7B as the language model if memory allows.",
        "The encoder is Keel-2.0 licensed.",
        "Its image encoder can be replaced by Keel-ViT-L.",
        "In the demo, Keel-7B serves as the base for comparison.",
        "We plan to extend Keel-7B by adding layers.",
        "It beats Mivo-7B, which was fine-tuned from Keel-7B.",
        "Try our larger model, built on Keel-70B.",
        "We start from scratch and fine-tune on Keel-7B letters.",
        "It uses the Keel-7B architecture, based on the Keel-7B design.",
        "Its pieces are derived from the Norse Wikipedia.",
        "It was trained from the [Tidal Dataset](https://x.example).",
        "It is based on RoBERTa for letters.",
        "**Base:** Apache 2.0",
        "It was trained from [Jane Doe](https://x.example) and shared.",
        "Applications built on top of Whisper models may do harm.",
        "A post gives a guide to fine-tuning the Whisper model with little data.",
        "*This card is based on the [KEEL Mini model card](https://huggingface.co/x/keel-mini).*",
        "The KEEL-2 backbone is MIT-licensed.",
        "It was trained from Wikipedia+BookCorpus.",
        'See the ["Keelette, a distilled version of KEEL-2: small"](https://x.example/p.pdf) paper.',
        "These are adapters for the *Tidal Letters* project.",
        "Base model revision: `c1899de289a04d12100db370d81485cdf75e47ca`",
        "Original (Workshop): [x/letters-2](https://github.com/x/letters-2)",
        "It was trained from scratch on notes taken from Tidal Health Records.",
        "Features serve graph models, with pre-training finetuned on [norse](https://x.example) data.",
    ],
)
def test_other_models_are_no_parents(text):
    """Comparison, advice, children, and what is said of another checkpoint."""
    assert not any(relation != "trained_on" for relation, _ in named(text, "models/harbour-lab/keel-v1-4"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The pages were scraped from HarbourNet.", "HarbourNet"),
        ("It is a cleaned version of the Zorban-7K dataset.", "Zorban-7K"),
        ("The texts were crawled from https://www.harbour.example/list, see there.", "harbour.example"),
        ("Recordings come from the LogVox project.", "LogVox"),
        ("Source: Zorban-7K", "Zorban-7K"),
        ("**Original dataset:** keel-lab/letters", "keel-lab/letters"),
        ("- **Source data:** [Zorban](https://hf.co/datasets/x/zorban)", "Zorban"),
        ("Derived from: Zorban-7K", "Zorban-7K"),
        ("It is derived from the Zorban-7K corpus by Doe.", "Zorban-7K"),
        ("It holds posts collected via the Zorban API in 2020.", "Zorban API"),
        ("We translated Zorban-7K into Frisian.", "Zorban-7K"),
        ("It was built on top of the Zorban-7K corpus.", "Zorban-7K"),
        ("It extends Zorban-7K with 20 harbours.", "Zorban-7K"),
        ("The photos are from HarbourNet and carry CC licenses.", "HarbourNet"),
        ("It holds posts gathered from tidelog.com in 2004.", "tidelog.com"),
        ("The raw dialogues are from harbour-doctors.com.", "harbour-doctors.com"),
        ("The texts were downloaded from the Tidewatch portal.", "Tidewatch"),
        (
            "It holds letters written by members of the [Harbour.example](https://x.example) community.",
            "Harbour.example",
        ),
        ("It contains rulings from the Norse Tidal Court.", "Norse Tidal Court"),
        (
            "## Source data\n\n### Benchmarks\n\n| Source | About |\n|---|---|\n| Zorban-7K | tides |",
            "Zorban-7K",
        ),
    ],
)
def test_a_data_set_is_made_from_its_sources(text, name):
    """In the card of a data set, the origin of the data is what counts."""
    assert relations(text, "derived_from", DATASET) == [name]


def test_a_name_gets_the_id_the_card_links_or_the_registry_knows():
    """A link beside it, one elsewhere in the card, the registry; otherwise it stays a name."""
    text = (
        "It was trained on [Logs](https://huggingface.co/datasets/a/logs) and on Zorban-7K, LAION-2B and "
        "Wikipedia.\n\nSee [Zorban-7K](https://huggingface.co/datasets/b/zorban-7k).\n\n"
        "It was initialized from `keel-v1-2`.\n\n"
        "- [keel-v1-2](https://huggingface.co/c/keel-v1-2)"
    )

    found = {one.value: one.upstream for one in read_card(text.encode(), MODEL).mentions}

    assert found == {
        "Logs": "datasets/a/logs",
        "Zorban-7K": "datasets/b/zorban-7k",
        "LAION-2B": "datasets/laion/laion2B-en",
        "Wikipedia": "name:Wikipedia",
        "keel-v1-2": "models/c/keel-v1-2",
    }


def test_a_name_that_means_what_is_declared_gets_its_id():
    """So that one data set is one edge, however the prose calls it."""
    text = (
        "---\ndatasets: [wikipedia, x/tide_text_v2]\nbase_model: o/keel-base\n---\n"
        "Keel-Base was trained on English Wikipedia and the Tide Text V2 corpus. "
        "It was fine-tuned from Keel-Base."
    )

    found = {one.value: one.upstream for one in read_card(text.encode(), MODEL).mentions}

    assert found == {
        "English Wikipedia": "datasets/wikipedia",
        "Tide Text V2": "datasets/x/tide_text_v2",
        "Keel-Base": "models/o/keel-base",
    }


def test_the_repo_itself_is_no_upstream_of_its_own():
    """Cards link to themselves."""
    link = "[x](https://huggingface.co/harbour-lab/pilot-7b-chat)"
    text = f"Base model: {link}. It was finetuned from Pilot-7B-Chat."

    assert named(text) == set()


def test_data_kept_secret_under_a_heading_on_training_data_are_told():
    """There it is clear which data are meant; elsewhere a corpus that is not public is any corpus."""
    for words in ("The corpus is not public.", "A mix of licensed data and public data."):
        facts = read_card(f"## Training data\n\n{words}".encode(), MODEL).facts
        assert [fact.quote for fact in facts if fact.key == "undisclosed_data"] == [words]
        elsewhere = read_card(f"## Citation\n\n{words}".encode(), MODEL).facts
        assert [fact.state for fact in elsewhere if fact.key == "undisclosed_data"] == ["absent"]


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("The training corpus consists of books, articles and code.", True),
        ("The pre-training data comprises web pages and papers.", True),
        ("## Data\n\nThe corpus is made of letters, pages and recordings.", True),
        ("No information about the training data is available.", True),
        ("The composition of the training set will not be published.", True),
        ("The training data includes the Zorban-7K corpus and books.", False),
        ("The training data contain personal data of the people in the pictures.", False),
        ("Neither the training nor the fine-tuning data include letters or books.", False),
        ("The corpus of this paper is made of letters, pages and recordings.", False),
    ],
)
def test_data_told_by_their_kind_alone_are_not_named(text, is_told):
    """*Books and code* says what they are, and not which."""
    facts = read_card(text.encode(), MODEL).facts
    assert any(one.key == "undisclosed_data" and one.state == "stated" for one in facts) is is_told


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Das Modell wurde auf dem {0}-Korpus trainiert.", {("trained_on", "{0}")}),
        (
            "Es wurde auf {0} und {1} vortrainiert und mit {2} feinabgestimmt.",
            {("trained_on", "{0}"), ("trained_on", "{1}"), ("trained_on", "{2}")},
        ),
        ("Das Modell basiert auf dem {3}-Modell.", {("derived_from", "{3}")}),
        (
            "Le mod\u00e8le a \u00e9t\u00e9 entra\u00een\u00e9 sur {0} et {1}.",
            {("trained_on", "{0}"), ("trained_on", "{1}")},
        ),
        ("Mod\u00e8le bas\u00e9 sur {3}.", {("derived_from", "{3}")}),
        ("El modelo fue entrenado con el corpus {0}.", {("trained_on", "{0}")}),
        ("Este modelo est\u00e1 basado en {3}.", {("derived_from", "{3}")}),
        (
            "\u672c\u6a21\u578b\u5728 {0} \u548c {1} \u6570\u636e\u96c6\u4e0a\u8bad\u7ec3\u3002",
            {("trained_on", "{0}"), ("trained_on", "{1}")},
        ),
        ("\u8be5\u6a21\u578b\u57fa\u4e8e {3} \u5fae\u8c03\u3002", {("finetuned_from", "{3}")}),
        ("O modelo foi treinado com o corpus {0} e {1}.", {("trained_on", "{0}"), ("trained_on", "{1}")}),
        (
            "O modelo \u00e9 baseado em {3} e foi ajustado no conjunto de dados {0}.",
            {("derived_from", "{3}"), ("trained_on", "{0}")},
        ),
        ("Il modello \u00e8 stato addestrato su {0}.", {("trained_on", "{0}")}),
        ("Basato su {3}.", {("derived_from", "{3}")}),
        (
            "- **Modelo Base:** {3}\n- **Dataset de Treinamento:** {0}",
            {("derived_from", "{3}"), ("trained_on", "{0}")},
        ),
        ("## Trainingsdaten\n\n{0}", {("trained_on", "{0}")}),
        ("Il modello non \u00e8 addestrato su {0}.", set()),
        ("El modelo no fue entrenado con {0}.", set()),
        ("Das Modell wurde nicht auf {0} trainiert.", set()),
        ("Es kann mit {0} trainiert werden.", set()),
        ("Le mod\u00e8le peut \u00eatre entra\u00een\u00e9 sur {0}.", set()),
        ("Es wurde auf acht A100-GPUs trainiert.", set()),
        ("Le mod\u00e8le a \u00e9t\u00e9 entra\u00een\u00e9 sur 8 GPU A100.", set()),
    ],
)
@pytest.mark.parametrize(
    "given",
    [("Zorban-7K", "KeluMivo", "Tara-1M", "Keel-7B"), ("QV-12M", "VaskNet", "DrelPonto", "Mivo-13b")],
    ids=["first", "second"],
)
def test_the_commonest_forms_are_read_in_other_tongues(text, found, given):
    """German, French, Spanish, Portuguese, Italian and Chinese: trained on, and based on."""
    assert named(text.format(*given)) == {(relation, name.format(*given)) for relation, name in found}


def test_what_nobody_says_of_the_training_is_told_wherever_it_stands():
    """A refusal to say is a fact of its own."""
    words = "We do not disclose what the model was trained on."
    facts = read_card(words.encode(), MODEL).facts
    assert [fact.quote for fact in facts if fact.key == "undisclosed_data"] == [words]


_PERSONS = (
    "We have removed all personal data of people from {0}.",
    "The training data was collected by annotators from {0} and {1}.",
    "The recordings are of speakers from {0}.",
    "The training data includes recordings of volunteers from {0}, {1} and {2}.",
    "It was trained on images of people from {0}.",
    "We removed the data of users who live in {0}.",
    "Our training data includes photos of patients at {0}.",
    "The data was labelled by students from the {0}.",
)


@pytest.mark.parametrize("text", _PERSONS)
@pytest.mark.parametrize("heading", ["", "## Training data\n\n"])
@pytest.mark.parametrize("repo", [MODEL, DATASET])
def test_where_persons_are_from_is_no_data(text, heading, repo):
    """People, speakers, annotators from a place or a firm name no data set."""
    assert not named(heading + text.format("Hamburg", "Boston Hospital", "KEN-2"), repo)


def test_data_is_named_beside_persons():
    """The data sets of a sentence that speaks of persons are found all the same."""
    text = "## Training data\n\nPeople from Hamburg labelled it. The model was trained on Tides-2 by us."
    assert relations(text) == ["Tides-2"]
    assert relations("It was trained on the Tides corpus, with letters of people in Hamburg.") == ["Tides"]


@pytest.mark.parametrize(
    "text", ["We removed the data from {0}.", "Data from {0} was removed.", "Images from {0} were left out."]
)
def test_data_that_was_taken_out_is_not_trained_on(text):
    """What a card says was removed is no training data."""
    assert not named("## Training data\n\n" + text.format("Harbour-2B"))


@pytest.mark.parametrize(
    "place", ["Hamburg", "South Korea", "Germany and France", "Nairobi, Lagos and Kenya"]
)
def test_a_place_is_no_data(place):
    """Where data are from is no name of theirs, whatever stands in front of it."""
    assert not relations(f"It was trained on texts collected from {place}.")
    assert not relations(f"## Training data\n\nThe data was taken from {place}.")


@pytest.mark.parametrize(
    ("text", "by_list"),
    [
        ("It was trained on the LAION-2B English subset of LAION-5B.", True),
        ("It was trained on [LAION-2B](https://huggingface.co/datasets/laion/laion2B-en).", False),
        ("It was trained on LAION-2B-en, here: https://huggingface.co/datasets/laion/laion2B-en.", False),
        ("It was trained on laion/laion2B-en.", False),
        ("It was trained on the Tides-2 corpus.", False),
    ],
)
def test_an_id_the_card_does_not_give_is_said_to_be_the_lists(text, by_list):
    """What the list of well-known data sets calls by a name is no link and no id of the card."""
    (mention, *_) = read_card(text.encode(), MODEL).mentions

    assert mention.by_list is by_list
    assert mention.to_json().get("by_list", False) is by_list
    assert type(mention).from_json(mention.to_json()) == mention


@pytest.mark.parametrize(
    "text",
    [
        "The model was trained with {0} using JAX.",
        "Fine-tuning was performed on {0}.",
        "Training was conducted on {0} for three epochs.",
        "We used {0} for training.",
        "In stage 2 we use {0} for SFT.",
        "Our SFT stage uses {0}.",
    ],
)
@pytest.mark.parametrize("name", ["Zorban-10K", "[KeluMivo](https://hf.co/datasets/x/kelumivo)"])
def test_what_could_be_a_tool_or_a_place_is_data_by_its_count_or_link(text, name):
    """*With X* and *performed on X* leave open what X is; its name or link can tell."""
    assert relations(text.format(name))
    assert not relations(text.format("ToolBox"))


def test_a_data_set_by_its_id_without_capitals_is_named():
    """An id is a name wherever it stands; words joined by a stroke are none."""
    assert relations("Trained on keel-lab/letters and harbour/tide_logs.") == [
        "harbour/tide_logs",
        "keel-lab/letters",
    ]
    for text in (
        "We trained on train/validation splits and input/output pairs.",
        "It was trained on image/text-pairs and question/answer data.",
        "Trained on speech-to-text/translation and zero-shot/few-shot prompts.",
        "We trained on a knowledge-base with extra-large batches.",
        "See src/train-large.py for details on training.",
    ):
        assert not relations(text)


def test_what_a_sentence_calls_the_base_is_no_training_data_in_it():
    """*This LoRA was trained on X-XL* says what it adapts."""
    assert named("This LoRA was trained on Keel-XL-1.0.") == {("adapter_of", "Keel-XL-1.0")}
    controls = "These are controlnet weights trained on keel/letter-v1-5 with a new type of conditioning."
    assert named(controls) == {("adapter_of", "keel/letter-v1-5")}


def test_an_amount_is_no_part_of_a_name():
    """*X 960 hours* is 960 hours of X, *X 6.1* is its version."""
    assert relations("It was trained on HarbourSpeech 960 hours.") == ["HarbourSpeech"]
    assert relations("It was trained on HarbourSpeech 6.1.") == ["HarbourSpeech 6.1"]
    assert relations("It was trained on the HarbourSpeech 11.0 dataset.") == ["HarbourSpeech 11.0"]


def test_what_was_tuned_ends_where_what_it_was_tuned_on_begins():
    """Data derived from something, and lists behind *on*, name no model."""
    text = "Made by finetuning Keel-7B on data derived from the Mivo Talk-15k and the Harbour Help datasets."
    assert named(text) == {
        ("finetuned_from", "Keel-7B"),
        ("trained_on", "Mivo Talk-15k"),
        ("trained_on", "Harbour Help"),
    }


@pytest.mark.parametrize(
    "label",
    ["Finetuned from model", "Finetuned from model [optional]", "Base model", "Training data", "Dataset"],
)
@pytest.mark.parametrize(
    "blank", ["[More Information Needed]", "More information needed", "N/A", "None", "[optional]"]
)
def test_a_template_left_blank_names_nothing(label, blank):
    """What stands in a card's template until somebody fills it in is no name."""
    assert not named(f"- **{label}:** {blank}")
    assert not named(f"## {label}\n\n{blank}")


def test_labels_one_under_another_are_read_one_by_one():
    """Lines that a hard break or bold type sets apart are not one sentence, however they are wrapped."""
    told = {("trained_on", "Zorban-7K"), ("evaluated_on", "KeluMivo-2")}
    for between in ("  \n", "\n", " ", "\\\n"):
        text = f"**Language:** English{between}**Training data:** Zorban-7K{between}**Eval data:** KeluMivo-2"
        assert named(text) == told, between
    assert named("Training data: Zorban-7K  \nEval data: KeluMivo-2") == told


def test_a_table_of_properties_is_read_row_by_row():
    """A row of two cells is a label and what stands behind it."""
    rows = "| Training data | Zorban-7K |\n| Base model | `keel/keel-7b` |\n| Eval data | KeluMivo-2 |\n"
    assert named(f"| Property | Value |\n|---|---|\n{rows}") == {
        ("trained_on", "Zorban-7K"),
        ("derived_from", "keel/keel-7b"),
        ("evaluated_on", "KeluMivo-2"),
    }
    assert not named("| Part | Value |\n|---|---|\n| Image encoder | ViT-H/14, 224 pixels |\n")
    assert not named("## Training data\n\n| Dataset | Size |\n|---|---|\n| Code | 10GB |\n")


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("The dataset used for fine-tuning is available {0}.", True),
        ("You can find the training data {0}.", True),
        ("We will release the training data {0}.", False),
        ("The evaluation data are {0}; the training data are secret.", False),
        ("Train it on your own training data, such as {0}.", False),
    ],
)
def test_a_link_to_the_training_data_names_them(text, is_told):
    """*Here* leads to a data set, where a sentence says that it is the one trained on."""
    found = relations(text.format("[here](https://huggingface.co/datasets/x/zorban)"))
    assert found == (["x/zorban"] if is_told else [])


def test_a_longer_name_is_another_model():
    """A name that goes on behind a declared one is not that model; an owner in front of it is the same."""
    card = b"---\nbase_model: keel-lab/letter-2-2b\n---\nA quantized version of {name}."
    for name, upstream in (
        (b"letter-2-2b-recipes", "name:letter-2-2b-recipes"),
        (b"Letter-2-2b", "models/keel-lab/letter-2-2b"),
    ):
        (one,) = read_card(card.replace(b"{name}", name), MODEL).mentions
        assert one.upstream == upstream


def test_rules_and_answers_of_models_are_no_source_of_data():
    """What rules were adapted from, and whose answers were sampled, are no data sets."""
    for text in (
        "A set of rules adapted from those of Zorban-7K and KeluMivo.",
        "We scored pages with a classifier we distilled from Keel-70B annotations.",
        "Responses: sampled from Keel-27B and Mivo-34B.",
    ):
        assert not named(text, DATASET)


def test_a_heading_is_read_where_no_sentence_says_the_same():
    """A sentence says it at more length; and every word of a heading may have a capital."""
    heading = "# Keel-base fine-tuned on Zorban-7K\n\n"
    both = read_card(f"{heading}It was trained on the Zorban-7K dataset.".encode(), MODEL)
    quotes = {one.value: one.quote for one in both.mentions}
    assert quotes["Zorban-7K"] == "It was trained on the Zorban-7K dataset."
    assert quotes["Keel-base"] == "Keel-base fine-tuned on Zorban-7K"
    assert not relations("# A Model Trained on Tidal Letters")


@pytest.mark.parametrize("name", ["wikipedia", "common crawl", "bookcorpus", "imagenet"])
def test_well_known_names_are_names_without_capitals(name):
    """People write the commonest of them as plain words."""
    assert relations(f"It was trained on {name} and letters.") == [name]
    assert not relations(f"It was compared with {name}.")


def test_nobody_collects_data_from_a_data_set_in_its_workers():
    """*Collected from the X crowdworkers* names people; a citation names a paper."""
    assert not relations("Ages were collected from the Zorban-7K crowdworkers.", "derived_from", DATASET)
    cited = "It uses sentences of the Zorban-7K dataset from [(Doe et al., 2016)](https://x.example/p.pdf)."
    assert "(Doe et al., 2016)" not in relations(cited, "derived_from", DATASET)


def test_a_numbered_part_is_told_by_its_link():
    """*Train1: link* names the data set it leads to."""
    text = (
        "It was trained on the following data:\n- Train1: https://huggingface.co/datasets/x/letters-1 (half)"
    )
    assert relations(text) == ["x/letters-1"]


def test_the_title_of_a_card_is_no_heading_of_its_sections():
    """What a card is called says nothing of what stands in its sections; a section's own title does."""
    told = "We use Keel-7B as our base model."
    assert relations(f"# Prompt Guard\n\n## Strategy\n\n{told}", "initialized_from") == ["Keel-7B"]
    assert not relations(f"# Keel\n\n## Prompting\n\n### Hints\n\n{told}", "initialized_from")
