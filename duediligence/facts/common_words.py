"""Ordinary words that look like names in a card: languages, machines, methods, kinds of text."""


def words_of(text: str) -> frozenset[str]:
    """The words of a list written as running text."""
    return frozenset(text.split())


LANGUAGES = words_of(
    """
    english german french spanish italian portuguese dutch polish czech romanian swedish danish
    norwegian finnish greek turkish russian ukrainian arabic hebrew hindi bengali urdu tamil telugu
    chinese mandarin cantonese japanese korean vietnamese thai indonesian malay swahili persian farsi
    latin hungarian bulgarian croatian serbian slovak slovenian catalan basque galician irish welsh
    afrikaans albanian amharic armenian azerbaijani belarusian bosnian breton burmese esperanto faroese
    filipino flemish frisian gaelic georgian gujarati hausa igbo javanese kannada kazakh khmer kinyarwanda
    kurdish kyrgyz lao luganda luxembourgish macedonian malagasy malayalam maltese maori marathi mongolian
    nepali nynorsk occitan odia oromo pashto punjabi quechua romansh sami sanskrit sindhi sinhala somali
    sundanese tagalog tajik tatar tibetan tigrinya turkmen uyghur uzbek wolof xhosa yiddish yoruba zulu
    estonian latvian lithuanian icelandic multilingual monolingual bilingual en de fr es it zh ja ko ru
    ar python java javascript typescript rust sql html c c++ c# go php ruby bash shell verilog
    """
)

PLACES = words_of(
    """
    afghanistan albania algeria argentina armenia australia austria azerbaijan bangladesh belarus belgium
    bolivia bosnia brazil bulgaria cambodia cameroon canada chile china colombia croatia cuba cyprus
    czechia denmark ecuador egypt estonia ethiopia finland france germany ghana greece guatemala haiti
    hungary iceland india indonesia iran iraq ireland israel italy jamaica japan kazakhstan kenya korea
    kuwait kyrgyzstan laos latvia lebanon libya lithuania luxembourg madagascar malawi malaysia mali malta
    mexico moldova mongolia morocco mozambique myanmar namibia nepal netherlands nicaragua niger nigeria
    norway pakistan palestine paraguay peru philippines poland portugal qatar romania russia rwanda
    senegal serbia singapore slovakia slovenia somalia spain sudan sweden switzerland syria taiwan
    tanzania thailand tunisia turkey uganda ukraine uruguay uzbekistan venezuela vietnam wales scotland
    england zambia zimbabwe uk usa u.s u.k eu south north west east africa asia america europe oceania
    northern southern eastern western hemisphere united states kingdom emirates arabia saudi new zealand
    amsterdam athens bangkok barcelona beijing berlin bogota boston brussels bucharest budapest cairo
    chicago copenhagen delhi dublin frankfurt geneva hamburg helsinki hongkong istanbul jakarta
    johannesburg karachi kyiv lagos lima lisbon london madrid manila melbourne milan montreal moscow
    mumbai munich nairobi oslo paris prague rome seoul shanghai stockholm sydney tehran tokyo toronto
    vienna warsaw zurich
    """
)
"""Countries, parts of the world and large cities: where data are from, and no name of data."""

MACHINES = words_of(
    """
    gpu gpus tpu tpus cpu cpus a100 a100s h100 h100s h200 v100 v100s p100 t4 l4 l40s rtx a6000 a40 b200
    gb200 mi250 mi250x mi300x dgx tpuv3 tpuv4 v3-8 v3-128 v3-32 v4-128 pod pods node nodes cluster
    clusters supercomputer supercomputers machine machines server servers hardware instance instances
    infrastructure workstation colab aws sagemaker azure gcp nvidia amd intel cloud accelerators
    trainium gaudi cdn mps m-series titan tesla geforce quadro gtx xeon k80
    jax pytorch tensorflow deepspeed megatron-lm slurm cuda rocm docker
    """
)

SOFTWARE = words_of("jax pytorch tensorflow deepspeed megatron-lm slurm cuda rocm docker")
"""Those of the words above that stand for programs."""

METHODS = words_of(
    """
    adam adamw adafactor sgd lion lora qlora peft dpo ppo rlhf rlaif sft kto orpo grpo cot moe mlm nsp
    clm fp16 fp8 bf16 fp32 int8 int4 amp ddp fsdp zero flashattention transformers transformer diffusers
    trl axolotl unsloth accelerate openclip nemo megatron mergekit nlp ai ml llm llms vlm vlms qa ner
    asr tts ocr gan vae cnn rnn lstm bpe sentencepiece wordpiece gguf gptq awq onnx vllm tensorrt
    autotrain huggingface reinforcement direct preference huggingface's rag sentence-transformers
    sentence-transformer setfit keras spacy flair q&a nli sts-b stem opennmt fairseq
    dagger nmt smt mt latex markdown xml json jsonl csv html pdf api s3
    marian espnet kaldi speechbrain tensor2tensor sockeye
    """
)

SENTENCE_WORDS = words_of(
    """
    the a an this that these those it its our we they their you your i in on at for from with by to of
    as and or but if while when where which who is are was were be been being has have had see please
    note data dataset datasets model models training table figure section paper here there all both each
    internet web january february march april may june july august september october november december
    books book code text texts conversations technical academic papers news articles images videos audio
    documents other others total sum average none unknown various several many some more most such
    instruction instructions chat dialogue dialogues math science web-pages webpages prose miscellaneous
    mixture synthetic public private proprietary internal custom own further also however additionally
    stage phase step steps epochs epoch batch loss precision recall accuracy learning optimizer seed
    train test validation dev eval evaluation split splits sentence sentences words tokens good featured
    section
    """
)

QUANTITIES = words_of(
    """
    million millions billion billions trillion thousand hundred million+ billion+ m b k t gb tb mb gib
    tib gbs mbs tbs hours minutes steps tokens
    """
)

DATA_NOUNS = words_of(
    """
    dataset datasets data-set data-sets data set sets corpus corpora database databases collection
    collections subset subsets split splits dump dumps benchmark notes articles images captions pairs
    examples samples instructions conversations texts text documents tokens annotations recordings books
    web-text crawl mixture preference triples
    """
)
"""Nouns that say of the name before them that it holds data."""

STRONG_DATA_NOUNS = words_of(
    "dataset datasets data-set data-sets corpus corpora database databases subset subsets"
)

MODEL_NOUNS = words_of("model models checkpoint checkpoints weights backbone encoder decoder network llm")

PLAIN_WORDS = words_of(
    """
    a an the this that these those its our their your same following above below unknown none null
    custom own full entire whole complete large larger largest small smaller new old original combined
    target private public proprietary internal external synthetic downstream upstream labeled labelled
    unlabeled annotated resulting given preference instruction instructions pretraining pre-training
    fine-tuning finetuning training train test validation evaluation eval development held-out clean
    filtered curated cleaned raw processed preprocessed open open-source available diverse massive huge
    big high-quality quality domain domain-specific medical clinical legal financial biomedical
    scientific code coding math text image images video audio speech web news dialogue conversational
    chat multilingual monolingual bilingual parallel translated aligned balanced mixed merged single
    multiple various several different other another each first second third final initial latest
    previous extended expanded augmented generated collected sampled human human-annotated machine
    benchmark standard popular famous well-known common general generic specific particular special
    specialized reference source base main core entire-sized sized in-house toy dummy tokenized
    deduplicated downsampled weighted pooled underlying corresponding respective and or of in on
    self-collected crowdsourced task task-specific sft dpo rlhf rm reward safety alignment
    """
)
"""Words that in front of *dataset* describe it and do not name it."""

PLATFORMS = words_of(
    """
    reddit twitter youtube facebook instagram tiktok github gitlab stackoverflow stackexchange quora amazon
    yelp imdb flickr pinterest tumblr wikipedia wikisource wiktionary wikinews goodreads tripadvisor discord
    telegram weibo zhihu arxiv pubmed kaggle
    """
)
"""Sites whose name people give to what they took from them."""

WORKS = words_of(
    """
    posts comments tweets reviews messages threads conversations pages articles questions code repositories
    images photos videos subtitles dumps dump abstracts papers captions titles stories answers submissions
    """
)
"""What is taken from them."""

NOT_DATA_NOUNS = words_of(
    """
    license licenses licence licences
    task tasks objective framework library toolkit paper method approach technique algorithm
    architecture loss optimizer tokenizer code codebase repository repo script notebook platform
    leaderboard team license licence project's format template engine stack app outputs output
    generations responses completions strings modeling modelling cards tutorial
    command utility
    """
)

LINK_WORDS = words_of(
    """
    here paper link website page blog post github repo repository this dataset data model card report
    code arxiv pdf more details documentation docs homepage demo notebook space collection
    training test validation dev set sets etc etc. download full original
    """
)
"""Labels that say nothing about what they lead to."""
